@NullMarked
package io.sitemonitor.amqp.architecture.core.internal;

import org.jspecify.annotations.NullMarked;
