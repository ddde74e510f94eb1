package io.feedrate.collector.architecture.violations.adapter.opcua;

import io.feedrate.collector.architecture.violations.sink.Target;

public record SeesASink(Target target) {}
