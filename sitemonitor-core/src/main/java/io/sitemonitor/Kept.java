package io.sitemonitor;

import org.jspecify.annotations.Nullable;

/**
 * A fact: what is kept of a check from now on, together with the alerts that were decided just before.
 *
 * @param check the name of the check
 * @param memo what is kept; null for nothing
 */
record Kept(String check, @Nullable CheckMemo memo) {}
