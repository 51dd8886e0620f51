using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Carillon.EndToEnd.Tests.Servers;

/// <summary>The store of a test node, seen from the outside: its rows, without any code of the product.</summary>
/// <param name="Hocon">The lines of configuration that lead a node to it.</param>
/// <param name="Tables">What comes before the name of a table.</param>
/// <param name="Connect">Makes a connection to it.</param>
internal sealed record TestStore(string Hocon, string Tables, Func<DbConnection> Connect)
{
    public static TestStore Sqlite(string file)
    {
        return new TestStore("store { provider = sqlite }", string.Empty, () => new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False"));
    }

    public static TestStore PostgreSql(string connectionString)
    {
        return new TestStore(
            $"store {{ provider = postgresql, connection-string = \"{connectionString}\" }}",
            "carillon.",
            () => new NpgsqlConnection(connectionString + ";Pooling=False"));
    }

    /// <summary>How many executions have no end recorded.</summary>
    public Task<long> CountOpenAsync()
    {
        return CountAsync($"SELECT count(*) FROM {Tables}execution WHERE finished_no IS NULL");
    }

    /// <summary>How many attempts there are.</summary>
    public Task<long> CountAttemptsAsync()
    {
        return CountAsync($"SELECT count(*) FROM {Tables}execution");
    }

    /// <summary>Every stretch of occurrences that did not run.</summary>
    public async Task<IReadOnlyList<Stretch>> StretchesAsync()
    {
        var connection = Connect();
        await using (connection)
        {
            await connection.OpenAsync();
            var command = connection.CreateCommand();
            await using (command)
            {
#pragma warning disable CA2100 // The text is one of this file's own.
                command.CommandText = $"SELECT job_id, from_at, to_at, count, reason FROM {Tables}occurrence_run ORDER BY job_id, from_at";
#pragma warning restore CA2100
                var reader = await command.ExecuteReaderAsync();
                await using (reader)
                {
                    var stretches = new List<Stretch>();
                    while (await reader.ReadAsync())
                    {
                        stretches.Add(new Stretch(reader.GetString(0), Time(reader, 1), Time(reader, 2), reader.GetInt64(3), reader.GetString(4)));
                    }

                    return stretches;
                }
            }
        }

        static DateTimeOffset Time(DbDataReader reader, int column)
        {
            return reader.GetFieldValue<DateTimeOffset>(column);
        }
    }

    /// <summary>What SQLite finds wrong with its file: <c>ok</c> when nothing is.</summary>
    public async Task<string> CheckFileAsync()
    {
        return Convert.ToString(await ReadAsync("PRAGMA integrity_check"), CultureInfo.InvariantCulture)!;
    }

    private async Task<long> CountAsync(string sql)
    {
        return Convert.ToInt64(await ReadAsync(sql), CultureInfo.InvariantCulture);
    }

    private async Task<object?> ReadAsync(string sql)
    {
        var connection = Connect();
        await using (connection)
        {
            await connection.OpenAsync();
            var command = connection.CreateCommand();
            await using (command)
            {
#pragma warning disable CA2100 // The text is one of this file's own.
                command.CommandText = sql;
#pragma warning restore CA2100
                return await command.ExecuteScalarAsync();
            }
        }
    }
}
