package io.sitemonitor.schedule.internal;
public abstract class SystemPlatform implements io.sitemonitor.schedule.Platform { public static final SystemPlatform INSTANCE = null; }
