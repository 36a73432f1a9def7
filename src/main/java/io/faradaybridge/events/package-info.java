/**
 * The outcomes as messages for other programs: the rows of the activity leave for a JMS topic, each at least once. The
 * flow is {@code routes/events.yaml}; {@link EventOutbox} decides what it sends, {@link CloudEvents} how it looks.
 */
@NullMarked
package io.faradaybridge.events;

import org.jspecify.annotations.NullMarked;
