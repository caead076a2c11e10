package io.allo.pbx.app.voicemail;

import io.allo.pbx.call.Call;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.DialplanFunction;
import io.allo.pbx.voicemail.Folder;
import io.allo.pbx.voicemail.MailboxName;
import io.allo.pbx.voicemail.VoicemailBox;
import io.allo.pbx.voicemail.VoicemailOption;
import java.io.IOException;
import java.util.Locale;
import java.util.function.BiFunction;

/** VM_INFO, VMCOUNT, MAILBOX_EXISTS: what the dialplan asks about mailboxes. Any thread. */
final class VoicemailFunctions {

    private final VoicemailWorld world;

    VoicemailFunctions(VoicemailWorld world) {
        this.world = world;
    }

    DialplanFunction[] all() {
        return new DialplanFunction[] {
            function("MAILBOX_EXISTS", (call, text) -> exists(text) ? "1" : "0"),
            function("VMCOUNT", (call, text) -> count(text)),
            function("VM_INFO", (call, text) -> info(text))
        };
    }

    private static DialplanFunction function(String name, BiFunction<Call, String, String> read) {
        return new DialplanFunction() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String read(Call call, String arguments) {
                return read.apply(call, arguments);
            }
        };
    }

    boolean exists(String text) {
        return world.settings().get().box(MailboxName.parse(text)).isPresent();
    }

    /** VMCOUNT(box[@context][&box...][,folder]). */
    private String count(String text) {
        var arguments = Arguments.of(text);
        var folder = folder(arguments.get(1));
        var sum = 0;
        for (var name : arguments.get(0).split("&")) {
            sum += count(MailboxName.parse(name), folder);
        }
        return String.valueOf(sum);
    }

    private int count(MailboxName name, Folder folder) {
        if (!name.isSafe()) {
            return 0;
        }
        try {
            return world.spool().mailbox(name).count(folder);
        } catch (IOException broken) {
            throw new DialplanException("the mailbox " + name + " can't be read: " + broken.getMessage());
        }
    }

    private static Folder folder(String text) {
        if (text.isBlank()) {
            return Folder.INBOX;
        }
        return Folder.named(text).orElseThrow(() -> new DialplanException("there is no folder " + text));
    }

    /** VM_INFO(box[@context],attribute[,folder]). */
    private String info(String text) {
        var arguments = Arguments.of(text);
        var name = MailboxName.parse(arguments.get(0));
        var what = arguments.get(1).strip().toLowerCase(Locale.ROOT);
        var box = world.settings().get().box(name);
        if (what.equals("exists")) {
            return box.isPresent() ? "1" : "0";
        }
        return box.map(found -> info(found, what, arguments.get(2))).orElse("");
    }

    private String info(VoicemailBox box, String what, String folder) {
        return switch (what) {
            case "password" -> "";
            case "fullname" -> box.owner();
            case "email" -> String.join("|", box.emails());
            case "pager" -> box.pager();
            case "language" -> box.options().text(VoicemailOption.LANGUAGE);
            case "locale" -> "";
            case "tz" -> box.options().text(VoicemailOption.TZ);
            case "count" -> String.valueOf(count(box.name(), folder(folder)));
            default ->
                throw new DialplanException(
                        "VM_INFO knows count, email, exists, fullname, language, pager and tz, not: " + what);
        };
    }
}
