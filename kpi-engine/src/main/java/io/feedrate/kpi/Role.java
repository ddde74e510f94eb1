package io.feedrate.kpi;

/**
 * What a signal means to the KPIs, beside being a value that must come. Names are part of registers
 * and configurations.
 */
public enum Role {
  /** Nothing more. */
  NONE,
  /**
   * MachineryItemState as a number: 0 not available, 1 out of service, 2 not executing, 3
   * executing.
   */
  ITEM_STATE,
  /** MachineryOperationMode as a number: 0 none, 1 maintenance, 2 setup, 3 processing. */
  OPERATION_MODE,
  /**
   * MachineOperationMode as a number: 0 manual, 1 automatic, 2 setup, 3 automatic with manual
   * intervention, 4 service, 5 other.
   */
  CONTROL_MODE,
  /** Counter of parts produced, good or not (ISO 22400-2 PQ); only grows, or starts anew at 0. */
  PARTS_PRODUCED,
  /** Counter of parts measured and found good (ISO 22400-2 GQ); only grows, or starts anew at 0. */
  PARTS_GOOD,
  /** Another counter that only grows, or starts anew at 0. */
  COUNTER,
  /**
   * Whether the machine is switched on: 0 if it is off on purpose, any other number if it is on.
   * While it is known to be off, the machine is out of scope; this signal itself is not.
   */
  SWITCHED_ON
}
