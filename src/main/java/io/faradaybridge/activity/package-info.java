/** What happened: one row an outcome, and the dead letters. */
@NullMarked
package io.faradaybridge.activity;

import org.jspecify.annotations.NullMarked;
