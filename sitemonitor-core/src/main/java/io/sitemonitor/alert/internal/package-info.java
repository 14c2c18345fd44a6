/**
 * How alerts reach their listeners: a router that knows who was told what, and a lane for each listener. Imports
 * {@code alert}, {@code event}, {@code breaker}, {@code schedule} and {@code time}. Safe for use by any number of
 * threads; no lock is held while a listener or a filter is called.
 */
@NullMarked
package io.sitemonitor.alert.internal;

import org.jspecify.annotations.NullMarked;
