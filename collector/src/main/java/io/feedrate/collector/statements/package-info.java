/**
 * What people state beside what is measured: documents attached to an indicator, what a reviewer
 * found in them, that an indicator does not apply here or is not implemented. Nothing is edited: a
 * statement is taken back by another one. They stand in a file of their own beside the journal,
 * because the figures do not depend on them: {@link io.feedrate.collector.statements.StatementFile}
 * writes it, {@link io.feedrate.collector.statements.Stated} says what holds of it.
 */
@NullMarked
package io.feedrate.collector.statements;

import org.jspecify.annotations.NullMarked;
