/** How texts are rendered: settings and limits of the template engines. */
@NullMarked
package io.faradaybridge.template;

import org.jspecify.annotations.NullMarked;
