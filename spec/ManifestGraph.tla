---------------------------- MODULE ManifestGraph ----------------------------
(* Which manifests go when untagged ones may: those that no tag, no index and *)
(* no subject keeps.  RegistryGC.tla has the blobs below them, StagedManifest *)
(* the deletion in steps; here a manifest is put and deleted at one moment.   *)
(*                                                                            *)
(* Tags and indexes are counted at the manifest they keep.  A subject keeps   *)
(* its referrers without a count, for any number of them may come: a referrer *)
(* has an entry at its subject.  So a subject that goes leaves a tombstone,   *)
(* and its referrers are made candidates one by one, before the tombstone     *)
(* says that this is done.                                                    *)
(*                                                                            *)
(* Every action is ONE transaction or ONE read; the collector acts on what it *)
(* read at any earlier time.  No clocks: a lease, too, protects nothing here. *)
EXTENDS Naturals, FiniteSets
CONSTANTS Mans, NULL,
          Ops,      \* puts, untags, deletes and crashes in all (bounds the model)
          Bugs      \* set of mutants, {} = the design
Bug(x) == x \in Bugs
(* An index of an image; a signature of that image; a signature of the signature. *)
Children(m) == IF m = "index" THEN {"image"} ELSE {}
Subject(m) == IF m = "signature" THEN "image" ELSE IF m = "second" THEN "signature" ELSE NULL
VARIABLES M,     \* manifests: is it there, tags, parents, is it a candidate
          T,     \* one tag
          RF,    \* entries at subjects, by referrer
          Z,     \* tombstones whose referrers are not queued yet
          gl,    \* what a collector has found of a manifest
          tw,    \* a walk over the referrers of a tombstone
          ops, wrong
vars == <<M,T,RF,Z,gl,tw,ops,wrong>>
No == [ex |-> FALSE, tags |-> 0, parents |-> 0, hint |-> FALSE]
Gl0 == [st |-> "idle", m |-> NULL]
Tw0 == [st |-> "idle", z |-> NULL, todo |-> {}]
Init == /\ M = [m \in Mans |-> No] /\ T = NULL /\ RF = {} /\ Z = {}
        /\ gl = Gl0 /\ tw = Tw0 /\ ops = Ops /\ wrong = FALSE
Absent(m) == m = NULL \/ ~M[m].ex
-----------------------------------------------------------------------------
(* The tag leaves its manifest, which becomes a candidate. *)
Left(MM) == IF T = NULL THEN MM ELSE [MM EXCEPT ![T].tags = @ - 1, ![T].hint = TRUE]
Joined(MM, m) == [MM EXCEPT ![m].tags = @ + 1, ![m].hint = FALSE]
(* R1  Put M cond not exists; Update each child parents + 1, no candidate any more, cond live *)
Put(m, tagged) ==
  /\ ~M[m].ex /\ ops > 0 /\ ops' = ops - 1
  /\ Bug("NoChildCheck") \/ \A c \in Children(m) : M[c].ex
  /\ LET M1 == [c \in Mans |-> IF c = m THEN [No EXCEPT !.ex = TRUE, !.hint = ~Bug("BornUnhinted")]
                               ELSE IF c \in Children(m) THEN [M[c] EXCEPT !.parents = @ + 1, !.hint = FALSE]
                               ELSE M[c]]
     IN /\ M' = IF tagged THEN Joined(Left(M1), m) ELSE M1
        /\ T' = IF tagged THEN m ELSE T
  /\ RF' = IF Subject(m) = NULL THEN RF ELSE RF \cup {m}
  /\ UNCHANGED <<Z,gl,tw,wrong>>
Tag(m) == /\ M[m].ex /\ T # m /\ ops > 0 /\ ops' = ops - 1
          /\ M' = Joined(Left(M), m) /\ T' = m /\ UNCHANGED <<RF,Z,gl,tw,wrong>>
Untag == /\ T # NULL /\ ops > 0 /\ ops' = ops - 1
         /\ M' = Left(M) /\ T' = NULL /\ UNCHANGED <<RF,Z,gl,tw,wrong>>
(* R5  Delete M cond live, no parents; its tag; its entry; its children; Put its tombstone *)
Gone(m) ==
  /\ M' = [c \in Mans |-> IF c = m THEN No
                          ELSE IF c \in Children(m) THEN [M[c] EXCEPT !.parents = @ - 1, !.hint = ~Bug("ChildUnhinted")]
                          ELSE M[c]]
  /\ T' = IF T = m /\ ~Bug("CollectTagged") THEN NULL ELSE T
  /\ RF' = RF \ {m}
  /\ Z' = IF Bug("NoTombstone") THEN Z ELSE Z \cup {<<m, ops>>}
Delete(m) == /\ M[m].ex /\ M[m].parents = 0 /\ ops > 0 /\ ops' = ops - 1
             /\ Gone(m) /\ UNCHANGED <<gl,tw,wrong>>
-----------------------------------------------------------------------------
(* The verdict: one read of the manifest, then one of its subject. *)
GcRead(m) ==
  /\ gl.st = "idle" /\ M[m].ex /\ M[m].hint
  /\ gl' = [m |-> m, st |-> IF M[m].tags + M[m].parents > 0 THEN "keep"
                            ELSE IF ~Absent(Subject(m)) THEN "keepBySubject" ELSE "del"]
  /\ UNCHANGED <<M,T,RF,Z,tw,ops,wrong>>
GcAct ==
  /\ gl.st # "idle" /\ gl' = Gl0
  /\ LET m == gl.m
         candidate == M[m].ex /\ M[m].hint
         unhint == M' = [M EXCEPT ![m].hint = FALSE] /\ UNCHANGED <<T,RF,Z,wrong>>
         nothing == UNCHANGED <<M,T,RF,Z,wrong>>
     IN CASE gl.st = "keep" ->                      \* cond tags > 0 or parents > 0
               IF candidate /\ (Bug("KeepUnasked") \/ M[m].tags + M[m].parents > 0) THEN unhint ELSE nothing
          [] gl.st = "keepBySubject" ->             \* Check the subject is live
               IF candidate /\ (Bug("KeepBySubjectUnasked") \/ ~Absent(Subject(m))) THEN unhint ELSE nothing
          [] gl.st = "del" ->                       \* cond tags = 0, parents = 0; Check the subject is absent
               IF /\ candidate
                  /\ (Bug("CollectTagged") \/ M[m].tags = 0)
                  /\ (Bug("CollectNamed") \/ M[m].parents = 0)
                  /\ (Bug("CollectBesideSubject") \/ Absent(Subject(m)))
               THEN Gone(m) /\ wrong' = (wrong \/ ~Absent(Subject(m)))
               ELSE nothing
  /\ UNCHANGED <<tw,ops>>
-----------------------------------------------------------------------------
(* A tombstone queues what referred to the manifest, then it is done. *)
TombRead(z) ==
  /\ tw.st = "idle" /\ z \in Z
  /\ tw' = [st |-> "walk", z |-> z, todo |-> {s \in RF : Subject(s) = z[1]}]
  /\ Z' = IF Bug("DoneFirst") THEN Z \ {z} ELSE Z
  /\ UNCHANGED <<M,T,RF,gl,ops,wrong>>
TombCrash == /\ tw.st = "walk" /\ ops > 0 /\ ops' = ops - 1
             /\ tw' = Tw0 /\ UNCHANGED <<M,T,RF,Z,gl,wrong>>
TombQueue(s) ==                                     \* Update M candidate cond live, no candidate
  /\ s \in tw.todo /\ tw' = [tw EXCEPT !.todo = @ \ {s}]
  /\ M' = IF M[s].ex THEN [M EXCEPT ![s].hint = TRUE] ELSE M
  /\ UNCHANGED <<T,RF,Z,gl,ops,wrong>>
TombEnd == /\ tw.st = "walk" /\ tw.todo = {} /\ Z' = Z \ {tw.z} /\ tw' = Tw0
           /\ UNCHANGED <<M,T,RF,gl,ops,wrong>>
-----------------------------------------------------------------------------
Next == \/ \E m \in Mans : Put(m, TRUE) \/ Put(m, FALSE) \/ Tag(m) \/ Delete(m) \/ GcRead(m) \/ TombQueue(m)
        \/ Untag \/ GcAct \/ TombCrash \/ TombEnd
        \/ \E z \in Z : TombRead(z)
Spec == Init /\ [][Next]_vars
FairSpec == /\ Spec /\ WF_vars(GcAct) /\ WF_vars(TombEnd) /\ WF_vars(\E z \in Z : TombRead(z))
            /\ \A m \in Mans : SF_vars(GcRead(m)) /\ WF_vars(TombQueue(m))
-----------------------------------------------------------------------------
(* An index misses no manifest. *)
I1 == \A m \in Mans : M[m].ex => \A c \in Children(m) : M[c].ex
(* A tag names a manifest that is there. *)
I1tag == T # NULL => M[T].ex
Counts == \A m \in Mans : /\ M[m].tags = (IF T = m THEN 1 ELSE 0)
                          /\ M[m].parents = Cardinality({i \in Mans : M[i].ex /\ m \in Children(i)})
(* The list of referrers is right. *)
Entries == RF = {m \in Mans : M[m].ex /\ Subject(m) # NULL}
(* What nothing keeps is a candidate, or will be one: its subject is there, or has left a tombstone. *)
I6 == \A m \in Mans : (M[m].ex /\ M[m].tags + M[m].parents = 0) =>
         \/ M[m].hint
         \/ ~Absent(Subject(m)) \/ \E z \in Z : z[1] = Subject(m)
(* The collector takes no referrer whose subject is there. *)
Kept == ~wrong
(* In the end only what something keeps is left. *)
I2 == <>[](\A m \in Mans : M[m].ex => M[m].tags + M[m].parents > 0 \/ ~Absent(Subject(m)))
=============================================================================
