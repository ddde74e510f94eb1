package io.feedrate.collector.architecture.violations.engine;

import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

public record HasMilo(NodeId node) {}
