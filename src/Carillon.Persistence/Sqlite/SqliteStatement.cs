using System.Buffers;
using System.Text;
using Carillon.Model;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Carillon.Persistence;

/// <summary>
/// A prepared statement that is run over and over. It is used below ADO.NET, whose parameters cost the writer more than
/// the statement itself. Values are bound in order; running it makes it ready for the next ones.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly string _sql;
    private readonly sqlite3_stmt _statement;
    private int _bound;

    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        _sql = sql;
        Check(raw.sqlite3_prepare_v2(database, sql, out _statement));
    }

    public SqliteStatement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, ++_bound, value));
        return this;
    }

    public SqliteStatement Bind(long? value)
    {
        return value is { } number ? Bind(number) : BindNull();
    }

    public SqliteStatement Bind(DateTimeOffset value)
    {
        return Bind(Instant.ToMicroseconds(value));
    }

    public SqliteStatement Bind(DateTimeOffset? value)
    {
        return value is { } time ? Bind(time) : BindNull();
    }

    public SqliteStatement Bind(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return Bind(bytes);
    }

    public SqliteStatement Bind(Guid? value)
    {
        return value is { } id ? Bind(id) : BindNull();
    }

    public SqliteStatement Bind(ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_statement, ++_bound, value));
        return this;
    }

    /// <summary>Binds text with what no store accepts replaced, or null.</summary>
    public SqliteStatement Bind(string? value)
    {
        if (value is null)
        {
            return BindNull();
        }

        if (value.Length == 0)
        {
            // An empty span is a null pointer, and that is NULL.
            Check(raw.sqlite3_bind_text(_statement, ++_bound, ""));
            return this;
        }

        var text = StoredText.Clean(value);
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = most > 1_024 ? ArrayPool<byte>.Shared.Rent(most) : null;
        var buffer = rented ?? stackalloc byte[1_024];
        var length = Encoding.UTF8.GetBytes(text, buffer);
        var result = raw.sqlite3_bind_text(_statement, ++_bound, buffer[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        Check(result);
        return this;
    }

    /// <summary>Runs it once with the bound values.</summary>
    /// <returns>Whether there was a row.</returns>
    public bool Run()
    {
        var notes = StatementNotes.Current;
        var started = notes?.Begin() ?? 0;
        var result = raw.sqlite3_step(_statement);
        notes?.End(_sql, started);
        _bound = 0;

        // Reset answers with the error of the step, which is thrown below.
        _ = raw.sqlite3_reset(_statement);
        return result is raw.SQLITE_ROW || (result is raw.SQLITE_DONE ? false : throw Error(result));
    }

    public void Dispose()
    {
        _statement.Dispose();
    }

    private SqliteStatement BindNull()
    {
        Check(raw.sqlite3_bind_null(_statement, ++_bound));
        return this;
    }

    private void Check(int result)
    {
        if (result is not raw.SQLITE_OK)
        {
            throw Error(result);
        }
    }

    private SqliteException Error(int result)
    {
        return new SqliteException(
            raw.sqlite3_errmsg(_database).utf8_to_string(), result & 0xFF, raw.sqlite3_extended_errcode(_database));
    }
}
