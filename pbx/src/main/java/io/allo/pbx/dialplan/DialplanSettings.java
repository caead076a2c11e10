package io.allo.pbx.dialplan;

import io.allo.pbx.conf.Option;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;

/**
 * The section {@code [general]} of extensions.conf. Immutable.
 *
 * @param autoFallthrough whether a call that runs out of priorities ends by its dial status, rather than waiting for digits
 * @param clearGlobals whether a reload forgets globals that were set at run time
 * @param writeProtect whether the file is never rewritten (allo never does)
 */
public record DialplanSettings(boolean autoFallthrough, boolean clearGlobals, boolean writeProtect) {
    /** What counts without a section. */
    public static final DialplanSettings DEFAULT = new DialplanSettings(true, false, true);

    static final Option<Boolean> AUTO_FALLTHROUGH = Option.of(
            "autofallthrough",
            OptionType.YES_NO,
            true,
            new Text(
                    "A call that runs out of priorities ends; with no it waits for an extension to be dialed.",
                    "Un appel à court de priorités se termine ; avec no il attend qu'une extension soit composée."));

    static final Option<Boolean> CLEAR_GLOBALS = Option.of(
            "clearglobalvars",
            OptionType.YES_NO,
            false,
            new Text(
                    "A reload forgets global variables that calls have set.",
                    "Un rechargement oublie les variables globales fixées par les appels."));

    static final Option<Boolean> WRITE_PROTECT = Option.of(
            "writeprotect",
            OptionType.YES_NO,
            true,
            new Text("allo never rewrites this file.", "allo ne réécrit jamais ce fichier."));

    static DialplanSettings read(SectionReader reader) {
        var settings = new DialplanSettings(
                reader.value(AUTO_FALLTHROUGH), reader.value(CLEAR_GLOBALS), reader.value(WRITE_PROTECT));
        reader.yesNo("static", true);
        reader.yesNo("extenpatternmatchnew", true);
        Text jumping = new Text(
                "applications set variables instead, as in Asterisk since 1.6",
                "les applications fixent des variables, comme Asterisk depuis 1.6");
        if (reader.yesNo("priorityjumping", false)) reader.inert("priorityjumping", jumping);
        Text switches = new Text("switches are not followed", "les « switch » ne sont pas suivis");
        reader.inert("overrideswitch", switches);
        reader.inert("userscontext", new Text("there is no users.conf", "il n'y a pas de users.conf"));
        reader.finish();
        return settings;
    }
}
