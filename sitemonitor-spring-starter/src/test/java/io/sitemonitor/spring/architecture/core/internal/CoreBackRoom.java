package io.sitemonitor.spring.architecture.core.internal;

/** Stands for a class in a back room of another module: it is outside of the fixtures. */
public class CoreBackRoom {}
