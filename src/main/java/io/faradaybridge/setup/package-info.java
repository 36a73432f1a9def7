/** What an administrator configures on an existing connection: projects, fields, statuses, switches. */
@NullMarked
package io.faradaybridge.setup;

import org.jspecify.annotations.NullMarked;
