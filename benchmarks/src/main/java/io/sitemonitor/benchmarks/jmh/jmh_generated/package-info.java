/**
 * What JMH generates from the benchmarks; nothing here is written by hand. Imports what JMH needs. Null means to it what it
 * likes, and its threads are its own.
 */
@NullUnmarked
package io.sitemonitor.benchmarks.jmh.jmh_generated;

import org.jspecify.annotations.NullUnmarked;
