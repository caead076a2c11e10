package io.allo.pbx.settings;

import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import java.util.List;

/**
 * An option of Asterisk's that does nothing here, and what it would have done there. Immutable.
 *
 * @param name as in the file
 * @param why what Asterisk does with it, and what allo does
 */
record Inert(String name, Text why) {

    static Inert of(String name, String en, String fr) {
        return new Inert(name, new Text(en, fr));
    }

    /** Reports those that are written. */
    static void report(SectionReader reader, List<Inert> options) {
        options.forEach(option -> reader.inert(option.name(), option.why()));
    }
}
