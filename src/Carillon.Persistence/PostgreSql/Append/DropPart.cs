using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>Histories of deleted jobs, once others have taken their counts over.</summary>
internal sealed class DropPart() : AppendPart("dropped")
{
    private readonly Column<string?> _jobId = Column.Text("job_id");
    private readonly Column<long> _createdNo = Column.Big("created_no");

    /// <inheritdoc/>
    public override IReadOnlyList<Column> Columns => [Shard, _jobId, _createdNo];

    public void Add(in ShardEvent shardEvent, DropSnapshot drop)
    {
        Shard.Add((short)shardEvent.Term.Shard);
        _jobId.Add(Clean(drop.Id));
        _createdNo.Add(drop.CreatedNo);
    }

    /// <inheritdoc/>
    public override string Sql(string rows)
    {
        return $"""
            {Name} AS (
              DELETE FROM snapshot s USING {rows}
              WHERE {Current} AND s.shard = v.shard AND s.job_id = v.job_id AND s.created_no = v.created_no)
            """;
    }
}
