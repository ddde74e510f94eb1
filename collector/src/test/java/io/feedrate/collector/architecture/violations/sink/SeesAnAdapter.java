package io.feedrate.collector.architecture.violations.sink;

import io.feedrate.collector.architecture.violations.adapter.mqtt.SeesAnotherAdapter;

public record SeesAnAdapter(SeesAnotherAdapter adapter) {}
