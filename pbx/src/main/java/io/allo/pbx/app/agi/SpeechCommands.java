package io.allo.pbx.app.agi;

import java.util.List;

/**
 * The SPEECH commands, as in an Asterisk without an engine that recognizes speech: none can be made, and so nothing can be
 * done with one.
 */
final class SpeechCommands {

    private static final String NOTHING = "200 result=0";

    private SpeechCommands() {}

    static List<AgiCommand> all() {
        return List.of(
                AgiCommand.live("speech create", "<engine>", "Makes a recognizer of speech.", (session, arguments) -> {
                    AgiCommand.need(arguments, 1, 1);
                    session.call()
                            .problem(
                                    "agi",
                                    "SPEECH CREATE: there is no engine that recognizes speech",
                                    "SPEECH CREATE : il n'y a pas de moteur de reconnaissance de la parole");
                    return NOTHING;
                }),
                command(false, "speech set", "<name> <value>", "Sets an engine's option.", 2, 2),
                command(true, "speech destroy", "", "Gives the recognizer back.", 0, 0),
                command(false, "speech load grammar", "<grammar name> <path>", "Loads a grammar.", 2, 2),
                command(true, "speech unload grammar", "<grammar name>", "Unloads a grammar.", 1, 1),
                command(false, "speech activate grammar", "<grammar name>", "Uses a grammar.", 1, 1),
                command(true, "speech deactivate grammar", "<grammar name>", "No longer uses a grammar.", 1, 1),
                command(false, "speech recognize", "<prompt> <timeout> [offset]", "Plays and recognizes.", 2, 3));
    }

    private static AgiCommand command(boolean dead, String name, String syntax, String purpose, int least, int most) {
        return new AgiCommand(name, syntax, purpose, dead, (session, arguments) -> {
            AgiCommand.need(arguments, least, most);
            return NOTHING;
        });
    }
}
