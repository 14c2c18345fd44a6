/**
 * Alerts as e-mail: {@link io.sitemonitor.alert.email.EmailListener} hands them to a mail server by SMTP. Imports
 * {@code alert} and the optional Jakarta Mail; nobody imports it. Listeners are immutable but for the memory of who got an
 * alert already, and safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.alert.email;

import org.jspecify.annotations.NullMarked;
