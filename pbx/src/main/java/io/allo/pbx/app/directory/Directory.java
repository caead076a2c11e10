package io.allo.pbx.app.directory;

import io.allo.pbx.app.OptionLetters;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.prompt.DigitReader;
import io.allo.pbx.call.prompt.DigitRules;
import io.allo.pbx.call.prompt.Gender;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.prompt.Say;
import io.allo.pbx.dialplan.Application;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.run.DialplanRunner;
import io.allo.pbx.voicemail.Greeting;
import io.allo.pbx.voicemail.Spool;
import io.allo.pbx.voicemail.VoicemailBox;
import io.allo.pbx.voicemail.VoicemailOption;
import io.allo.pbx.voicemail.VoicemailSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Directory([vm-context],[dial-context],[options]): the caller types the beginning of a name, hears who that may be, and is put through. Options:
 * f(n) by first name, l(n) by last name, b(n) by either, n letters (3 if not said); e says the extension too; m all matches as a menu; n
 * does not answer; p(ms) waits before. Key 0 leads to the extension o, * to a. Sets DIRECTORY_RESULT. Any thread.
 */
public final class Directory {

    private static final int LETTERS = 3;
    private static final int MOST_IN_MENU = 8;
    private static final int MOST_ATTEMPTS = 3;
    private static final long KEY_MS = 4_000;

    private final DialplanRunner runner;
    private final Prompts prompts;
    private final DigitReader reader;
    private final Supplier<VoicemailSettings> settings;
    private final Spool spool;

    private Directory(DialplanRunner runner, Prompts prompts, Supplier<VoicemailSettings> settings, Spool spool) {
        this.runner = runner;
        this.prompts = prompts;
        this.reader = new DigitReader(prompts);
        this.settings = settings;
        this.spool = spool;
    }

    /** Makes the application known to the runner. */
    public static void register(
            DialplanRunner runner, Prompts prompts, Supplier<VoicemailSettings> settings, Spool spool) {
        runner.register(Application.of("Directory", new Directory(runner, prompts, settings, spool)::find));
    }

    private enum By {
        FIRST,
        LAST,
        BOTH
    }

    /** What one call wants. */
    private record Search(
            Call call, String mailboxes, String context, By by, int letters, boolean saysExtension, boolean menu) {}

    private void find(Call call, String data) {
        var search = search(call, Arguments.of(data));
        var options = OptionLetters.parse(Arguments.of(data).get(2));
        runner.assign(call, "DIRECTORY_RESULT", "HANGUP");
        if (!options.has('n') && !prompts.answer(call)) {
            return;
        }
        call.pause(number(options.argument('p', ""), 0, "p"));
        var result = attempts(search);
        runner.assign(call, "DIRECTORY_RESULT", result);
    }

    private static Search search(Call call, Arguments arguments) {
        var options = OptionLetters.parse(arguments.get(2));
        var here = call.channel().location().context();
        var mailboxes =
                arguments.get(0).isBlank() ? "default" : arguments.get(0).strip();
        var by = options.has('b') || options.has('f') && options.has('l')
                ? By.BOTH
                : options.has('f') ? By.FIRST : By.LAST;
        var letters = LETTERS;
        for (var letter : new char[] {'f', 'l', 'b'}) {
            letters = number(options.argument(letter, ""), letters, String.valueOf(letter));
        }
        return new Search(
                call,
                mailboxes,
                arguments.get(1).isBlank() ? here : arguments.get(1).strip(),
                by,
                Math.clamp(letters, 1, 20),
                options.has('e'),
                options.has('m'));
    }

    private static int number(String text, int fallback, String option) {
        if (text.isBlank()) {
            return fallback;
        }
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException noNumber) {
            throw new DialplanException("Directory: " + option + "(" + text + ") wants a number");
        }
    }

    /** How it ended, as DIRECTORY_RESULT has it. */
    private String attempts(Search search) {
        for (var attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            var typed = ask(search);
            if (typed.equals("0") && go(search.call(), here(search), "o")) {
                return "OPERATOR";
            }
            if (typed.equals("*") && go(search.call(), here(search), "a")) {
                return "ASSISTANT";
            }
            if (typed.equals("#")) {
                return "USEREXIT";
            }
            if (!typed.isEmpty() && !typed.equals("*") && !typed.equals("0")) {
                var matches = matches(search, typed);
                if (matches.isEmpty()) {
                    say(search.call(), List.of("dir-nomatch"), "");
                    continue;
                }
                var chosen = search.menu() ? menu(search, matches) : oneByOne(search, matches);
                if (chosen != null) {
                    return connect(search, chosen);
                }
            }
        }
        return search.call().channel().isHungUp() ? "HANGUP" : "TIMEOUT";
    }

    private static String here(Search search) {
        return search.call().channel().location().context();
    }

    /** Asks for letters; the first key ends the prompt. */
    private String ask(Search search) {
        var words = new ArrayList<String>();
        if (search.letters() == LETTERS && search.by() != By.BOTH) {
            words.add(search.by() == By.FIRST ? "dir-intro-fn" : "dir-intro");
        } else {
            words.add("dir-welcome");
            words.add("dir-pls-enter");
            words.addAll(Say.in(search.call().channel().language()).number(search.letters(), Gender.FEMININE));
            words.add(
                    switch (search.by()) {
                        case FIRST -> "dir-first";
                        case LAST -> "dir-last";
                        case BOTH -> "dir-firstlast";
                    });
            words.add("dir-usingkeypad");
        }
        var call = search.call();
        var first = say(call, words, Prompts.ANY_DIGIT);
        if (first == 0) {
            var key = reader.digit(call, KEY_MS * 2);
            first = key == null ? 0 : key;
        }
        if (first == 0 || first == '0' || first == '*' || first == '#') {
            return first == 0 ? "" : String.valueOf(first);
        }
        var left = search.letters() - 1;
        if (left == 0) {
            return String.valueOf(first);
        }
        return first
                + reader.read(call, List.of(), new DigitRules(left, KEY_MS, KEY_MS, "#*"))
                        .digits();
    }

    private char say(Call call, List<String> names, String keys) {
        var key = prompts.play(call, names, keys).digit();
        if (call.channel().isHungUp()) {
            call.await(0); // throws: a hang-up is no answer
        }
        return key;
    }

    private List<VoicemailBox> matches(Search search, String typed) {
        return settings.get().sorted().stream()
                .filter(box -> box.name().context().equals(search.mailboxes()))
                .filter(box -> !box.owner().isBlank() && !box.options().yes(VoicemailOption.HIDEFROMDIR))
                .filter(box -> isMeant(box.owner(), typed, search.by()))
                .sorted(Comparator.comparing(VoicemailBox::owner))
                .toList();
    }

    private static boolean isMeant(String owner, String typed, By by) {
        var first = SpelledName.keys(SpelledName.first(owner)).startsWith(typed);
        var last = SpelledName.keys(SpelledName.last(owner)).startsWith(typed);
        return by == By.FIRST ? first : by == By.LAST ? last : first || last;
    }

    /** One after the other: 1 takes, * goes on. */
    private @Nullable VoicemailBox oneByOne(Search search, List<VoicemailBox> matches) {
        for (var box : matches) {
            for (var again = 0; again < MOST_ATTEMPTS; again++) {
                var words = new ArrayList<>(name(search, box));
                words.add("dir-instr");
                var key = key(search.call(), words);
                if (key == '1') {
                    return box;
                }
                if (key != 0) {
                    break;
                }
            }
        }
        say(search.call(), List.of("dir-nomore"), "");
        return null;
    }

    /** Up to eight at a time: press 1 for, press 2 for, 9 for more. */
    private @Nullable VoicemailBox menu(Search search, List<VoicemailBox> matches) {
        for (var from = 0; from < matches.size(); from += MOST_IN_MENU) {
            var page = matches.subList(from, Math.min(matches.size(), from + MOST_IN_MENU));
            var more = from + MOST_IN_MENU < matches.size();
            var words = new ArrayList<String>();
            for (var box : page) {
                words.add("dir-multi1");
                words.addAll(
                        Say.in(search.call().channel().language()).number(page.indexOf(box) + 1L, Gender.MASCULINE));
                words.add("dir-multi2");
                words.addAll(name(search, box));
            }
            if (more) {
                words.add("dir-multi9");
            }
            for (var again = 0; again < MOST_ATTEMPTS; again++) {
                var key = key(search.call(), words);
                if (key >= '1' && key - '1' < page.size()) {
                    return page.get(key - '1');
                }
                if (key == '9' && more || key == '*') {
                    break;
                }
            }
        }
        say(search.call(), List.of("dir-nomore"), "");
        return null;
    }

    private char key(Call call, List<String> words) {
        var key = say(call, words, Prompts.ANY_DIGIT);
        if (key != 0) {
            return key;
        }
        var later = reader.digit(call, KEY_MS);
        return later == null ? 0 : later;
    }

    /** The recorded name, else its letters; the extension where that is wanted. */
    private List<String> name(Search search, VoicemailBox box) {
        var say = Say.in(search.call().channel().language());
        var words = new ArrayList<String>();
        spool.mailbox(box.name())
                .greeting(Greeting.NAME)
                .ifPresentOrElse(
                        recorded -> words.add(recorded.toString()), () -> words.addAll(say.letters(box.owner())));
        if (search.saysExtension()) {
            words.add("vm-extension");
            words.addAll(say.digits(box.name().box()));
        }
        return words;
    }

    private String connect(Search search, VoicemailBox box) {
        runner.assign(search.call(), "DIRECTORY_EXTEN", box.name().box());
        if (go(search.call(), search.context(), box.name().box())) {
            return "SELECTED";
        }
        search.call()
                .problem(
                        "directory-extension",
                        box.name().box() + " of " + box.owner() + " is no extension of " + search.context(),
                        box.name().box() + " de " + box.owner() + " n'est pas un numéro de " + search.context());
        say(search.call(), List.of("pbx-invalid"), "");
        return "FAILED";
    }

    private boolean go(Call call, String context, String extension) {
        var place = new DialplanLocation(context, extension, 1);
        if (!runner.exists(call, place)) {
            return false;
        }
        call.channel().location(place);
        return true;
    }
}
