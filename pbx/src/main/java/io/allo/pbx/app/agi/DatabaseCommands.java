package io.allo.pbx.app.agi;

import java.util.List;

/** DATABASE GET, PUT, DEL and DELTREE: the values that DB() keeps. */
final class DatabaseCommands {

    private static final String DONE = "200 result=1";
    private static final String NOT_DONE = "200 result=0";

    private DatabaseCommands() {}

    static List<AgiCommand> all(AgiWorld world) {
        var database = world.database();
        return List.of(
                AgiCommand.always("database get", "<family> <key>", "Gives a value.", (session, arguments) -> {
                    AgiCommand.need(arguments, 2, 2);
                    var value = database.value(arguments.get(0), arguments.get(1));
                    return value == null ? NOT_DONE : DONE + " (" + value + ")";
                }),
                AgiCommand.always("database put", "<family> <key> <value>", "Sets a value.", (session, arguments) -> {
                    AgiCommand.need(arguments, 3, 3);
                    return database.put(arguments.get(0), arguments.get(1), arguments.get(2)) ? DONE : NOT_DONE;
                }),
                AgiCommand.always("database del", "<family> <key>", "Takes a value away.", (session, arguments) -> {
                    AgiCommand.need(arguments, 2, 2);
                    return database.remove(arguments.get(0), arguments.get(1)) ? DONE : NOT_DONE;
                }),
                AgiCommand.always(
                        "database deltree",
                        "<family> [keytree]",
                        "Takes away a family, or what is below a key of it.",
                        (session, arguments) -> {
                            AgiCommand.need(arguments, 1, 2);
                            var taken = database.removeTree(arguments.get(0), AgiCommand.optional(arguments, 1));
                            return taken > 0 ? DONE : NOT_DONE;
                        }));
    }
}
