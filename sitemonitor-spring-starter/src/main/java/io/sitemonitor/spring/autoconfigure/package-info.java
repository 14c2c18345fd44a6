/**
 * What makes a {@link io.sitemonitor.Monitor} of an application's properties and beans: one auto-configuration for each
 * technology, the properties, and what explains wrong ones. Imports the other packages of this module, the public ones
 * of sitemonitor, and Spring Boot; nobody imports it but an application that customizes a monitor. Everything here runs
 * on the thread that starts or stops the application.
 */
@NullMarked
package io.sitemonitor.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
