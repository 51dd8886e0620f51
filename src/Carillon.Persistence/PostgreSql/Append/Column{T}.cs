using Npgsql;
using NpgsqlTypes;

namespace Carillon.Persistence;

/// <inheritdoc/>
/// <param name="name">Its name in the unnested rows.</param>
/// <param name="sqlType">The element's type in SQL.</param>
/// <param name="dbType">The element's type for Npgsql: never inferred, since an empty array tells nothing.</param>
internal sealed class Column<T>(string name, string sqlType, NpgsqlDbType dbType) : Column(name, sqlType)
{
    private readonly List<T> _values = [];

    /// <summary>How many values it has.</summary>
    public int Count => _values.Count;

    public void Add(T value)
    {
        _values.Add(value);
    }

    /// <inheritdoc/>
    public override NpgsqlParameter CreateParameter()
    {
        return new NpgsqlParameter<List<T>> { TypedValue = _values, NpgsqlDbType = NpgsqlDbType.Array | dbType };
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        _values.Clear();
    }
}
