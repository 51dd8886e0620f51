using Carillon.Model;
using Microsoft.Data.Sqlite;

namespace Carillon.Persistence;

/// <summary>
/// One connection and short ways to run statements on it. Parameters are ?1, ?2 … in the order of the values.
/// </summary>
internal sealed class SqliteSession(string connectionString) : IDisposable
{
    public SqliteConnection Connection { get; } = new(connectionString);

    /// <returns>The number of rows changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Command(sql, values);
        var notes = StatementNotes.Current;
        var started = notes?.Begin() ?? 0;
        var changed = command.ExecuteNonQuery();
        notes?.End(sql, started);
        notes?.AddRows(Math.Max(0, changed));
        return changed;
    }

    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        var rows = new List<T>();
        Each(sql, row => rows.Add(read(row)), values);
        return rows;
    }

    /// <summary>Hands every row to <paramref name="read"/>.</summary>
    public void Each(string sql, Action<SqliteDataReader> read, params ReadOnlySpan<object?> values)
    {
        using var command = Command(sql, values);
        var notes = StatementNotes.Current;
        var started = notes?.Begin() ?? 0;
        using var reader = command.ExecuteReader();
        var rows = 0;
        for (; reader.Read(); rows++)
        {
            read(reader);
        }

        notes?.End(sql, started);
        notes?.AddRows(rows);
    }

    public void Dispose()
    {
        Connection.Dispose();
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<object?> values)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue(string.Create(null, $"?{i + 1}"), Stored(values[i]));
        }

        return command;
    }

    private static object Stored(object? value)
    {
        return value switch
        {
            null => DBNull.Value,
            DateTimeOffset time => Instant.ToMicroseconds(time),
            Guid id => id.ToByteArray(bigEndian: true),
            string text => StoredText.Clean(text),
            _ => value,
        };
    }
}
