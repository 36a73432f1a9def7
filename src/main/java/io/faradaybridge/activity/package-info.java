/** The log of what happened, one row for each outcome, and the record of who changed the set-up. */
@NullMarked
package io.faradaybridge.activity;

import org.jspecify.annotations.NullMarked;
