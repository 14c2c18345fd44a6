/**
 * A web application that watches what it depends on. Imports Spring Boot and the public parts of sitemonitor. The pages
 * and the listener are called by threads of the web server and of the monitor.
 */
@NullMarked
package io.sitemonitor.examples.spring;

import org.jspecify.annotations.NullMarked;
