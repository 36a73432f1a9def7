/** What must not be read by others: keys, the encryption of stored secrets, their rotation, names that hold secrets. */
@NullMarked
package io.faradaybridge.secrets;

import org.jspecify.annotations.NullMarked;
