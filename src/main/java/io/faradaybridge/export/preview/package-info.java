/** What an export would create, without creating it: the request to Jira with the problems beside each field. */
@NullMarked
package io.faradaybridge.export.preview;

import org.jspecify.annotations.NullMarked;
