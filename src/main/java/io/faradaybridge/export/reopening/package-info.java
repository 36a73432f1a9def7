/** A new issue for a vulnerability that was opened again where the workflow does not lead back, and its link to the old one. */
@NullMarked
package io.faradaybridge.export.reopening;

import org.jspecify.annotations.NullMarked;
