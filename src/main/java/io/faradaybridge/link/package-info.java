/** The link between a vulnerability and an issue: the pair last agreed on, the one decision, its store. */
@NullMarked
package io.faradaybridge.link;

import org.jspecify.annotations.NullMarked;
