/** Secrets: keys, the encryption of stored secrets, their rotation, and the names under which values are secret. */
@NullMarked
package io.faradaybridge.secrets;

import org.jspecify.annotations.NullMarked;
