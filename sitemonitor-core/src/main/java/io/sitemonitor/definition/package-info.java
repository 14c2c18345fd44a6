/**
 * What a check is called and how it is run: {@link io.sitemonitor.definition.CheckDefinition} and its
 * {@link io.sitemonitor.definition.CheckSettings}; and how two sets of definitions differ. Imports {@code check},
 * {@code schedule}, {@code state} and {@code breaker}. Definitions are immutable; builders belong to one thread.
 */
@NullMarked
package io.sitemonitor.definition;

import org.jspecify.annotations.NullMarked;
