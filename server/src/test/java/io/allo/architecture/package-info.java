/**
 * The rules of the house, checked by the build: which way modules and packages lean (docs/design.md, section 2), what
 * sip and media may not touch (section 1), and the style that can be counted (sections 11 and 12).
 */
package io.allo.architecture;
