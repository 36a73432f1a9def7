/** The decision about a link: what each status means for the other side, without a database and without Jira. */
@NullMarked
package io.faradaybridge.link.decision;

import org.jspecify.annotations.NullMarked;
