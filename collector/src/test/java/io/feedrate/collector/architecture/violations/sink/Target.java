package io.feedrate.collector.architecture.violations.sink;

public record Target(String name) {}
