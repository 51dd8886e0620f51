using Carillon.Actors;

namespace Carillon.Metrics.Tests;

/// <summary>One node of a <see cref="SeriesScene"/>.</summary>
internal sealed record SceneNode(
    Guid Incarnation, string Name, OperationRecorder Recorder, IActorRef<object> Sender);
