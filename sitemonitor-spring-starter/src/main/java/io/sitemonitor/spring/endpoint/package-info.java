/**
 * The actuator endpoint {@code sitemonitor} and what it answers with. Imports the monitor and the endpoint contract of
 * Spring Boot. Everything here is safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.spring.endpoint;

import org.jspecify.annotations.NullMarked;
