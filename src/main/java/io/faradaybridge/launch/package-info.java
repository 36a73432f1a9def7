/** The process of the packaged jar: its classes and its memory. It knows nothing of the bridge. */
@NullMarked
package io.faradaybridge.launch;

import org.jspecify.annotations.NullMarked;
