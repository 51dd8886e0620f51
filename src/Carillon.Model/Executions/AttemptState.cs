namespace Carillon.Model;

/// <summary>Where an attempt stands. Each state is a fact in the store.</summary>
public enum AttemptState
{
    /// <summary>Recorded, to start at its due time: a trigger, a retry, or an overlap that queues.</summary>
    Waiting,

    /// <summary>Its start is committed; a worker may run it.</summary>
    Started,

    /// <summary>It ended and will not change any more.</summary>
    Finished,
}
