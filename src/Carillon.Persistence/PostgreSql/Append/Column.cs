using Npgsql;
using NpgsqlTypes;

namespace Carillon.Persistence;

/// <summary>One column of a batch: an array parameter, filled anew for every flush.</summary>
/// <param name="name">Its name in the unnested rows.</param>
/// <param name="sqlType">The element's type in SQL.</param>
internal abstract class Column(string name, string sqlType)
{
    /// <summary>Its name in the unnested rows.</summary>
    public string Name => name;

    /// <summary>The element's type in SQL.</summary>
    public string SqlType => sqlType;

    /// <summary>A parameter that always carries the column's present values.</summary>
    public abstract NpgsqlParameter CreateParameter();

    public abstract void Clear();

    public static Column<short> Small(string name)
    {
        return new Column<short>(name, "smallint", NpgsqlDbType.Smallint);
    }

    public static Column<long> Big(string name)
    {
        return new Column<long>(name, "bigint", NpgsqlDbType.Bigint);
    }

    public static Column<long?> BigOrNull(string name)
    {
        return new Column<long?>(name, "bigint", NpgsqlDbType.Bigint);
    }

    public static Column<string?> Text(string name)
    {
        return new Column<string?>(name, "text", NpgsqlDbType.Text);
    }

    public static Column<DateTimeOffset> Time(string name)
    {
        return new Column<DateTimeOffset>(name, "timestamptz", NpgsqlDbType.TimestampTz);
    }

    public static Column<DateTimeOffset?> TimeOrNull(string name)
    {
        return new Column<DateTimeOffset?>(name, "timestamptz", NpgsqlDbType.TimestampTz);
    }

    public static Column<bool> Flag(string name)
    {
        return new Column<bool>(name, "boolean", NpgsqlDbType.Boolean);
    }

    public static Column<Guid> Uuid(string name)
    {
        return new Column<Guid>(name, "uuid", NpgsqlDbType.Uuid);
    }

    public static Column<Guid?> UuidOrNull(string name)
    {
        return new Column<Guid?>(name, "uuid", NpgsqlDbType.Uuid);
    }

    public static Column<ReadOnlyMemory<byte>> Bytes(string name)
    {
        return new Column<ReadOnlyMemory<byte>>(name, "bytea", NpgsqlDbType.Bytea);
    }
}
