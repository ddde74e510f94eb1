package io.feedrate.collector.architecture.violations.adapter.mqtt;

import io.feedrate.collector.architecture.violations.adapter.opcua.SeesASink;

public record SeesAnotherAdapter(SeesASink other) {}
