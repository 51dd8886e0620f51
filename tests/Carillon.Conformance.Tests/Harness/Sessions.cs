using Npgsql;

namespace Carillon.Conformance.Tests;

/// <summary>
/// What the server says about other sessions, and ways to stop them. Waits poll the server, with a deadline.
/// </summary>
public sealed class Sessions(NpgsqlConnection observer)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Waits until a session of the application is held up by <paramref name="waitEventType"/> while it runs a
    /// statement.
    /// </summary>
    /// <returns>The session's process id.</returns>
    public async Task<int> UntilWaitingAsync(string application, string waitEventType, string statement)
    {
        return await UntilAsync(
            $"a session of '{application}' running '{statement}' to wait for a {waitEventType}",
            """
            SELECT pid FROM pg_stat_activity
            WHERE application_name = $1 AND wait_event_type = $2 AND state = 'active' AND strpos(query, $3) > 0
            """,
            Nothing,
            application,
            waitEventType,
            statement);
    }

    /// <summary>Waits until no session of the application is left.</summary>
    public async Task UntilGoneAsync(string application)
    {
        await UntilAsync(
            $"the sessions of '{application}' to end",
            "SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = $1)",
            Nothing,
            application);
    }

    /// <summary>Waits until the session is gone.</summary>
    public async Task UntilEndedAsync(int pid)
    {
        await UntilAsync(
            $"session {pid} to end",
            $"SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = {pid})",
            Nothing);
    }

    /// <summary>Ends one session as an administrator or a crash would.</summary>
    public async Task TerminateAsync(int pid)
    {
        await using var command = new NpgsqlCommand("SELECT pg_terminate_backend($1)", observer);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = pid });
        Assert.Equal(true, await command.ExecuteScalarAsync());
    }

    /// <summary>Asks until there is an answer, and does <paramref name="meanwhile"/> between two questions.</summary>
    public async Task<int> UntilAsync(string what, string sql, Action meanwhile, params string[] values)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < Deadline)
        {
            await using var command = new NpgsqlCommand(sql, observer);
            foreach (var value in values)
            {
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
            }

            if (await command.ExecuteScalarAsync() is int found)
            {
                return found;
            }

            meanwhile();
        }

        throw new TimeoutException($"waited {Deadline.TotalSeconds} s for {what}");
    }

    private static void Nothing()
    {
    }
}
