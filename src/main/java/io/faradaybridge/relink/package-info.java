/** After a move from one Jira to another, such as from Server to Cloud: the same issues have other ids there. */
@NullMarked
package io.faradaybridge.relink;

import org.jspecify.annotations.NullMarked;
