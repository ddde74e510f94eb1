/**
 * Reads iCalendar files (RFC 5545): {@link io.feedrate.collector.ical.CalendarFile} gives the
 * intervals of their events, recurring ones worked out one by one, and says of each event that is
 * not taken why. Nothing is ever fetched: time zones are those of the file or of the Java runtime.
 */
@NullMarked
package io.feedrate.collector.ical;

import org.jspecify.annotations.NullMarked;
