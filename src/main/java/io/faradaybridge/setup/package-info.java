/** The configuration by an administrator: projects, fields, statuses, activation. */
@NullMarked
package io.faradaybridge.setup;

import org.jspecify.annotations.NullMarked;
