@NullMarked
package io.sitemonitor.spring.architecture.core.internal;

import org.jspecify.annotations.NullMarked;
