/**
 * A monitor as a part of the application's health: what is reported, and the indicators that hand it to Spring Boot 3
 * and 4. Imports the monitor and the health contract of Spring Boot. Everything here is safe for use by any number of
 * threads.
 */
@NullMarked
package io.sitemonitor.spring.health;

import org.jspecify.annotations.NullMarked;
