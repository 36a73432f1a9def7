/** The JMS broker: embedded and persistent by default, external by configuration. */
@NullMarked
package io.faradaybridge.broker;

import org.jspecify.annotations.NullMarked;
