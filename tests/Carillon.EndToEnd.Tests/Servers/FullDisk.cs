using System.Globalization;
using System.Diagnostics;
using Carillon.EndToEnd.Tests.Processes;
using Npgsql;

namespace Carillon.EndToEnd.Tests.Servers;

/// <summary>A store that takes nothing more until there is space again.</summary>
internal static class FullDisk
{
    private const string Function = "public.no_space";

    /// <summary>What its failures say.</summary>
    public static string ReasonOf(StoreKind kind)
    {
        return kind == StoreKind.Sqlite ? "disk I/O error" : "No space left on device";
    }

    /// <summary>Fills the disk: of the node's process for SQLite, of the database server for PostgreSQL.</summary>
    public static Task FillAsync(StoreKind kind, NodeHome home, NodeProcess node)
    {
        return kind == StoreKind.Sqlite ? LimitFilesAsync(node, "4096") : RefuseWritesAsync(home);
    }

    /// <summary>Makes space.</summary>
    public static Task EmptyAsync(StoreKind kind, NodeHome home, NodeProcess node)
    {
        return kind == StoreKind.Sqlite ? LimitFilesAsync(node, "unlimited") : ExecuteAsync(home, $"DROP FUNCTION {Function} CASCADE");
    }

    private static async Task LimitFilesAsync(NodeProcess node, string bytes)
    {
        using var command = Process.Start("prlimit", [$"--pid={node.Process.Id.ToString(CultureInfo.InvariantCulture)}", $"--fsize={bytes}:unlimited"]);
        await command.WaitForExitAsync();
        Assert.Equal(0, command.ExitCode);
    }

    /// <summary>The server's own answer of a full disk, from every table that a node writes.</summary>
    private static async Task RefuseWritesAsync(NodeHome home)
    {
        await ExecuteAsync(
            home,
            $"""
            CREATE FUNCTION {Function}() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$
            """);
        foreach (var table in await TablesAsync(home))
        {
            await ExecuteAsync(home, $"CREATE TRIGGER no_space BEFORE INSERT OR UPDATE OR DELETE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {Function}()");
        }
    }

    private static async Task<IReadOnlyList<string>> TablesAsync(NodeHome home)
    {
        var connection = home.Store.Connect();
        await using (connection)
        {
            await connection.OpenAsync();
            var command = new NpgsqlCommand(
                "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'carillon'", (NpgsqlConnection)connection);
            await using (command)
            {
                var tables = new List<string>();
                var rows = await command.ExecuteReaderAsync();
                await using (rows)
                {
                    while (await rows.ReadAsync())
                    {
                        tables.Add(rows.GetString(0));
                    }
                }

                return tables;
            }
        }
    }

    private static async Task ExecuteAsync(NodeHome home, string sql)
    {
        var connection = home.Store.Connect();
        await using (connection)
        {
            await connection.OpenAsync();
            var command = new NpgsqlCommand(sql, (NpgsqlConnection)connection);
            await using (command)
            {
                await command.ExecuteNonQueryAsync();
            }
        }
    }
}
