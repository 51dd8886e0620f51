using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>The rows of one kind in a flush, and the common table expressions that write them.</summary>
/// <param name="name">Names the expressions; unique within a statement.</param>
internal abstract class AppendPart(string name)
{
    /// <summary>
    /// True for rows whose shard's term is current. It reads every term before the first row is written, so the shard
    /// rows are locked by then; a plain join would be planned as a loop of rows times terms.
    /// </summary>
    protected const string Current = "(v.shard IN (SELECT id FROM term)) IS TRUE";

    /// <summary>Names the expressions.</summary>
    public string Name => name;

    /// <summary>Whether there is nothing to write.</summary>
    public bool IsEmpty => Shard.Count == 0;

    /// <summary>What a row consists of.</summary>
    public abstract IReadOnlyList<Column> Columns { get; }

    /// <summary>The shard of each row.</summary>
    protected Column<short> Shard { get; } = Column.Small("shard");

    /// <summary>
    /// The expressions, separated by commas, reading from <paramref name="rows"/>, which are named v.
    /// </summary>
    public abstract string Sql(string rows);

    public void Clear()
    {
        foreach (var column in Columns)
        {
            column.Clear();
        }
    }

    /// <summary><paramref name="text"/> as the store accepts it.</summary>
    protected static string? Clean(string? text)
    {
        return text is null ? null : StoredText.Clean(text);
    }
}
