------------------------------ MODULE DirectPut ------------------------------
(* Direct PUTs (edge to S3, seen by no compute), their claim, and the sweep.  *)
(* RegistryGC.tla proves the counters, hints and tags: here refs and hints    *)
(* are taken as exact and everything about keys is new.  UploadSession.tla    *)
(* has the inside of a chunked session: here it is one object.                *)
(*                                                                            *)
(* Every action is ONE transaction or transactional read of the metadata      *)
(* store (DynamoDB), or ONE call of the object store (S3).  No clocks, no     *)
(* actor with a program counter: whoever once saw a key (listing, event,      *)
(* repeated event, hours ago, crashed since or not) may try the claim at any  *)
(* later moment, whoever once judged a key dead may delete it at any later    *)
(* moment, whoever holds a token may PUT at any later moment, any digest,     *)
(* again and again.  So all staleness, all crashes and all interleavings are  *)
(* in; only conditions inside transactions protect.  The HeadObject of size   *)
(* and SHA-256 before a claim is in no proof: it is defence in depth.         *)
EXTENDS Naturals, FiniteSets
CONSTANTS Repos, Blobs, Mans, NSess,
          MaxPuts,   \* how many PUTs arrive in all (bounds the model)
          Chunks,    \* TRUE: sessions may go the PATCH way instead
          Events,    \* TRUE: no storage event is lost (no sweep needed); FALSE: all are lost
          Sweep,     \* with all events lost: FALSE: somebody looks at every key again and again |
                     \* TRUE: only the sweep looks, where orphan records tell it to (the design)
          Orphan,    \* how an orphan dies: "delete" (the design) | "purge" (a trash record born
                     \* PURGE: holds too) | "wait" (ordinary trash: a mutant) | "none"
          Bugs       \* set of mutants, {} = the design
Bug(x) == x \in Bugs
Sess == 1..NSess
None == <<0, "-">>
Key(s, b) == <<s, b>>                  \* in/<repo of s>/<b>/<s>
CKey(s) == <<s, "c">>                  \* data/<uuid>: the chunked way's own key, named by U
Direct == Sess \X Blobs
Refs(m) == IF m = "m1" THEN {"b1"} ELSE Blobs
VARIABLES U,     \* session record, R#<n>#U / <uuid>: none | new | chunk | gone (absent again, for ever)
          home,  \* its repository
          S3,    \* keys that exist in the object store
          L,     \* links: the key a repository serves a blob from
          B,     \* blob records
          M,     \* manifests
          TR,    \* trash records
          Ever,  \* direct keys that ever existed = what any stale LIST or event may name
          Ev,    \* storage events not yet consumed
          Dead,  \* keys somebody is entitled to delete in S3, now or years later
          W,     \* orphan records: sessions that have ended, and their direct PUT became no blob
          over,  \* sessions that have ended, and none of their PUTs can arrive any more
          walk,  \* per repository: the orphan records that a sweep under way began with
          todo,  \* keys that such a sweep has still to look at
          puts, lost,
          was, rd   \* used by mutants only
sweep == <<W,over,walk,todo>>
vars == <<U,home,S3,L,B,M,TR,Ever,Ev,Dead,puts,lost,was,rd,W,over,walk,todo>>
NoB == [ex |-> FALSE, phys |-> None, links |-> 0]
Tr(k, b, st) == [k |-> k, b |-> b, st |-> st, cl |-> FALSE]
InTR(k) == \E x \in TR : x.k = k
TrWait(k) == \E x \in TR : x.k = k /\ x.st = "wait"
Init == /\ U = [s \in Sess |-> "none"] /\ home = [s \in Sess |-> "-"]
        /\ S3 = {} /\ TR = {} /\ Ever = {} /\ Ev = {} /\ Dead = {}
        /\ L = [r \in Repos |-> [b \in Blobs |-> None]]
        /\ B = [b \in Blobs |-> NoB] /\ M = [r \in Repos |-> {}]
        /\ puts = MaxPuts /\ lost = FALSE /\ was = {} /\ rd = {}
        /\ W = {} /\ over = {} /\ walk = [r \in Repos |-> {}] /\ todo = {}
-----------------------------------------------------------------------------
(* D1  POST: the session record is committed before the token leaves *)
Post(r) == \E s \in Sess :
   /\ U[s] = "none" /\ \A t \in 1..(s-1) : U[t] # "none"
   /\ U' = [U EXCEPT ![s] = "new"] /\ home' = [home EXCEPT ![s] = r]
   /\ UNCHANGED <<S3,L,B,M,TR,Ever,Ev,Dead,puts,lost,was,rd,sweep>>
(* D2  PUT at the edge: no compute, no record; also after expiry, after purge, twice *)
Put(s, b) == LET k == Key(s, b) IN
   /\ U[s] # "none" /\ puts > 0 /\ puts' = puts - 1
   /\ s \notin over
   /\ S3' = S3 \cup {k} /\ Ever' = Ever \cup {k}
   /\ Ev' = IF Events /\ k \notin S3 THEN Ev \cup {k} ELSE Ev
   /\ UNCHANGED <<U,home,L,B,M,TR,Dead,lost,was,rd,sweep>>
(* the three forms of the commit transaction; the form is a guess from stale  *)
(* reads, its conditions decide                                               *)
Was(b) == IF Bug("StalePhys") THEN {w[2] : w \in {w \in was : w[1] = b}} ELSE {}
Marked(s) == IF Sweep THEN W \cup {s} ELSE W
LostBy(k) == W' = IF k \in Direct /\ ~Bug("LoserUnmarked") THEN Marked(k[1]) ELSE W
Link(r, b, k) ==
   \/ /\ L[r][b] = None \/ Bug("NoLCond")                    \* Put L cond not exists
      /\ ~B[b].ex \/ Bug("NoBCond")                          \* Put B cond not exists
      /\ L' = [L EXCEPT ![r][b] = k]
      /\ B' = [B EXCEPT ![b] = [ex |-> TRUE, phys |-> k, links |-> 1]]
      /\ was' = IF Bug("StalePhys") THEN was \cup {<<b, k>>} ELSE was
      /\ UNCHANGED <<TR,lost,W>>
   \/ /\ L[r][b] = None \/ Bug("NoLCond")
      /\ B[b].ex                                             \* Update B links+1 cond physKey = :p
      /\ \E p \in {B[b].phys} \cup Was(b) : L' = [L EXCEPT ![r][b] = p]
      /\ B' = [B EXCEPT ![b].links = @ + 1]
      /\ TR' = IF Bug("NoLoserTR") THEN TR ELSE TR \cup {Tr(k, b, "wait")}
      /\ LostBy(k) /\ UNCHANGED <<lost,was>>
   \/ /\ L[r][b] # None \/ Bug("NoLCheck")                   \* ConditionCheck (touch) L exists
      /\ TR' = IF Bug("NoLoserTR") THEN TR ELSE TR \cup {Tr(k, b, "wait")}
      /\ lost' = (lost \/ L[r][b] = None)
      /\ LostBy(k) /\ UNCHANGED <<L,B,was>>
(* D3  claim *)
MayClaim(k) == LET s == k[1] b == k[2] IN
   /\ k \in Ever
   /\ CASE Bug("NoU")   -> B[b].phys # k /\ ~InTR(k)   \* no session record, "no TR names it" instead
        [] Bug("NoCond") -> B[b].phys # k
        [] Bug("ClaimChunk") -> U[s] \in {"new", "chunk"}
        [] OTHER -> U[s] = "new"
Claim(k) ==
   /\ MayClaim(k)
   /\ U' = IF Bug("KeepU") THEN U ELSE [U EXCEPT ![k[1]] = "gone"]
   /\ Link(home[k[1]], k[2], k)
   /\ UNCHANGED <<home,S3,M,Ever,Ev,Dead,puts,rd,over,walk,todo>>
(* D4  expiry, abort: Delete U, Put W; no S3 call, no LIST *)
Expire(s) ==
   /\ U[s] \in {"new", "chunk"} /\ U' = [U EXCEPT ![s] = "gone"]
   /\ TR' = IF U[s] = "chunk" THEN TR \cup {Tr(CKey(s), "-", "wait")} ELSE TR
   /\ W' = IF U[s] = "new" /\ ~Bug("ExpireUnmarked") THEN Marked(s) ELSE W
   /\ UNCHANGED <<home,S3,L,B,M,Ever,Ev,Dead,puts,lost,was,rd,over,walk,todo>>
(* D5  orphans: one TransactGetItems{U,B,TR}; the verdict is stable, so the delete may come any time *)
IsDead(k) == LET s == k[1] b == k[2] IN
   /\ U[s] # "new" \/ Bug("OrphNoU")
   /\ CASE Bug("OrphNoB") -> TRUE [] Bug("OrphOwnL") -> L[home[s]][b] # k
        [] Bug("SplitTB") -> k \in rd /\ B[b].phys # k           \* TR read earlier, B now
        [] OTHER -> B[b].phys # k
   /\ CASE Bug("OrphNoTR") -> TRUE [] Bug("SplitTB") -> TRUE
        [] Bug("SplitBT") -> ~TrWait(k) [] OTHER -> ~TrWait(k)
ReadFirst(k) ==                                                    \* mutants: two plain reads
   /\ k \in S3 /\ k \notin rd /\ U[k[1]] # "new"
   /\ \/ Bug("SplitTB") /\ ~TrWait(k)
      \/ Bug("SplitBT") /\ B[k[2]].phys # k
   /\ rd' = rd \cup {k}
   /\ UNCHANGED <<U,home,S3,L,B,M,TR,Ever,Ev,Dead,puts,lost,was,sweep>>
Judge(k) ==
   /\ Orphan = "delete" /\ k \in S3 /\ k \notin Dead
   /\ Sweep => k \in todo
   /\ IF Bug("SplitBT") THEN k \in rd /\ U[k[1]] # "new" /\ ~TrWait(k) ELSE IsDead(k)
   /\ Dead' = Dead \cup {k}
   /\ UNCHANGED <<U,home,S3,L,B,M,TR,Ever,Ev,puts,lost,was,rd,sweep>>
Trash(k) ==                                                        \* the alternative: tx {Check U, Check B, Put TR}
   /\ Orphan \in {"wait", "purge"} /\ k \in Ever /\ U[k[1]] # "new" /\ B[k[2]].phys # k /\ ~InTR(k)
   /\ TR' = TR \cup {Tr(k, k[2], Orphan)}
   /\ Dead' = IF Orphan = "purge" THEN Dead \cup {k} ELSE Dead
   /\ UNCHANGED <<U,home,S3,L,B,M,Ever,Ev,puts,lost,was,rd,sweep>>
Del(k) == /\ k \in Dead /\ k \in S3 /\ S3' = S3 \ {k}
          /\ UNCHANGED <<U,home,L,B,M,TR,Ever,Ev,Dead,puts,lost,was,rd,sweep>>
(* D7  the sweep of a repository in which uploads have ended without a blob, whenever that was.  *)
(* It lists what is there when it begins, and may miss what comes later.  So it begins only when *)
(* no PUT of those uploads can arrive any more: a timed assumption, as NoWriter in RegistryGC,   *)
(* and breaking it leaks bytes, never loses them.                                                *)
Over(s) == /\ Sweep /\ U[s] = "gone" /\ s \notin over /\ over' = over \cup {s}
           /\ UNCHANGED <<U,home,S3,L,B,M,TR,Ever,Ev,Dead,puts,lost,was,rd,W,walk,todo>>
Ended(r) == {s \in W : home[s] = r /\ (s \in over \/ Bug("HastySweep"))}
SweepBegin(r) ==
   /\ walk[r] = {} /\ Ended(r) # {} /\ walk' = [walk EXCEPT ![r] = Ended(r)]
   /\ todo' = todo \cup {k \in Direct : k[1] \in Ended(r) /\ k \in S3}
   /\ UNCHANGED <<U,home,S3,L,B,M,TR,Ever,Ev,Dead,puts,lost,was,rd,W,over>>
SweepKey(k) ==                               \* gone, or not dead; Judge and Del do the rest
   /\ k \in todo /\ (k \notin S3 \/ ~IsDead(k)) /\ todo' = todo \ {k}
   /\ UNCHANGED <<U,home,S3,L,B,M,TR,Ever,Ev,Dead,puts,lost,was,rd,W,over,walk>>
SweepEnd(r) ==                               \* Delete of the records it began with, and of no other
   /\ walk[r] # {} /\ (Bug("EndEarly") \/ \A k \in todo : k[1] \notin walk[r])
   /\ W' = IF Bug("EndAll") THEN {s \in W : home[s] # r} ELSE W \ walk[r]
   /\ walk' = [walk EXCEPT ![r] = {}] /\ todo' = {k \in todo : k[1] \notin walk[r]}
   /\ UNCHANGED <<U,home,S3,L,B,M,TR,Ever,Ev,Dead,puts,lost,was,rd,over>>
(* D6  the event is consumed only when the key is named for good or the object is gone *)
EvDone(k) ==
   /\ k \in Ev
   /\ \/ B[k[2]].phys = k \/ TrWait(k) \/ k \notin S3
      \/ Bug("EvPurge") /\ InTR(k)
      \/ Bug("EvClaimOnly") /\ U[k[1]] # "new"
   /\ Ev' = Ev \ {k}
   /\ UNCHANGED <<U,home,S3,L,B,M,TR,Ever,Dead,puts,lost,was,rd,sweep>>
(* the chunked way shares the session record (UploadSession.tla has its inside) *)
ChunkStart(s) == /\ Chunks /\ U[s] = "new" /\ U' = [U EXCEPT ![s] = "chunk"]
                 /\ UNCHANGED <<home,S3,L,B,M,TR,Ever,Ev,Dead,puts,lost,was,rd,sweep>>
ChunkPut(s) == /\ U[s] = "chunk" /\ CKey(s) \notin S3 /\ S3' = S3 \cup {CKey(s)}
               /\ UNCHANGED <<U,home,L,B,M,TR,Ever,Ev,Dead,puts,lost,was,rd,sweep>>
ChunkCommit(s, b) ==
   /\ U[s] = "chunk" /\ CKey(s) \in S3
   /\ U' = [U EXCEPT ![s] = "gone"] /\ Link(home[s], b, CKey(s))
   /\ UNCHANGED <<home,S3,M,Ever,Ev,Dead,puts,rd,over,walk,todo>>
-----------------------------------------------------------------------------
(* as in RegistryGC.tla *)
Mount(r, q, b) ==
   /\ L[q][b] # None /\ L[r][b] = None /\ B[b].ex
   /\ \E p \in {L[q][b]} \cup Was(b) : L' = [L EXCEPT ![r][b] = p]   \* Check L_src cond physKey = :p
   /\ B' = [B EXCEPT ![b].links = @ + 1]
   /\ UNCHANGED <<U,home,S3,M,TR,Ever,Ev,Dead,puts,lost,was,rd,sweep>>
PutMan(r, m) ==
   /\ m \notin M[r] /\ \A b \in Refs(m) : L[r][b] # None
   /\ M' = [M EXCEPT ![r] = @ \cup {m}]
   /\ UNCHANGED <<U,home,S3,L,B,TR,Ever,Ev,Dead,puts,lost,was,rd,sweep>>
DelMan(r, m) == /\ m \in M[r] /\ M' = [M EXCEPT ![r] = @ \ {m}]
                /\ UNCHANGED <<U,home,S3,L,B,TR,Ever,Ev,Dead,puts,lost,was,rd,sweep>>
GcLink(r, b) ==
   /\ L[r][b] # None /\ \A m \in M[r] : b \notin Refs(m)             \* refs = 0 inside the tx
   /\ L' = [L EXCEPT ![r][b] = None]
   /\ IF B[b].links > 1 THEN B' = [B EXCEPT ![b].links = @ - 1] /\ UNCHANGED TR
      ELSE B' = [B EXCEPT ![b] = NoB] /\ TR' = TR \cup {Tr(B[b].phys, b, "wait")}
   /\ UNCHANGED <<U,home,S3,M,Ever,Ev,Dead,puts,lost,was,rd,sweep>>
Undelete(r, b) ==
   /\ ~B[b].ex
   /\ \E x \in TR : /\ x.b = b /\ x.st = "wait" /\ TR' = TR \ {x}
                    /\ (Orphan = "wait" => x.k \in S3)               \* a HEAD just before
                    /\ B' = [B EXCEPT ![b] = [ex |-> TRUE, phys |-> x.k, links |-> 1]]
                    /\ L' = [L EXCEPT ![r][b] = x.k]
   /\ UNCHANGED <<U,home,S3,M,Ever,Ev,Dead,puts,lost,was,rd,sweep>>
PurgeMark(x) == /\ x \in TR /\ x.st = "wait" /\ TR' = (TR \ {x}) \cup {[x EXCEPT !.st = "purge"]}
                /\ Dead' = Dead \cup {x.k}
                /\ UNCHANGED <<U,home,S3,L,B,M,Ever,Ev,puts,lost,was,rd,sweep>>
PurgeS3(x) == /\ x \in TR /\ x.st = "purge" /\ ~x.cl
              /\ Sweep => x.k[1] \in over                     \* NoWriter
              /\ S3' = S3 \ {x.k} /\ TR' = (TR \ {x}) \cup {[x EXCEPT !.cl = TRUE]}
              /\ UNCHANGED <<U,home,L,B,M,Ever,Ev,Dead,puts,lost,was,rd,sweep>>
PurgeEnd(x) == /\ x \in TR /\ x.cl /\ TR' = TR \ {x}      \* a PUT may have come between: not checked here
               /\ UNCHANGED <<U,home,S3,L,B,M,Ever,Ev,Dead,puts,lost,was,rd,sweep>>
-----------------------------------------------------------------------------
Next == \/ \E r \in Repos : Post(r)
        \/ \E s \in Sess : \/ Expire(s) \/ Over(s) \/ ChunkStart(s) \/ ChunkPut(s)
                           \/ \E b \in Blobs : Put(s, b) \/ ChunkCommit(s, b)
        \/ \E k \in Direct : Claim(k) \/ Judge(k) \/ Trash(k) \/ EvDone(k) \/ ReadFirst(k)
        \/ \E k \in Dead : Del(k)
        \/ \E k \in todo : SweepKey(k)
        \/ \E r \in Repos : SweepBegin(r) \/ SweepEnd(r)
        \/ \E r \in Repos : \/ \E m \in Mans : PutMan(r, m) \/ DelMan(r, m)
                            \/ \E b \in Blobs : GcLink(r, b) \/ Undelete(r, b)
                                 \/ \E q \in Repos \ {r} : Mount(r, q, b)
        \/ \E x \in TR : PurgeMark(x)
        \/ \E x \in TR : PurgeS3(x)
        \/ \E x \in TR : PurgeEnd(x)
Spec == Init /\ [][Next]_vars
Handle(k) == Claim(k) \/ Judge(k) \/ Trash(k) \/ Del(k)
FairSpec ==
   /\ Spec
   /\ \A k \in Direct :
        IF Sweep THEN WF_vars(Judge(k) \/ Del(k)) /\ WF_vars(SweepKey(k))
        ELSE WF_vars(IF Events THEN k \in Ev /\ (Handle(k) \/ EvDone(k)) ELSE k \in S3 /\ Handle(k))
   /\ \A r \in Repos : WF_vars(SweepBegin(r)) /\ WF_vars(SweepEnd(r))
   /\ \A s \in Sess : WF_vars(Over(s))
   /\ \A s \in Sess : WF_vars(Expire(s))
   /\ \A k \in Direct : WF_vars(\E x \in TR : x.k = k /\ (PurgeMark(x) \/ PurgeS3(x) \/ PurgeEnd(x)))
-----------------------------------------------------------------------------
Named(k) == (\E b \in Blobs : B[b].phys = k) \/ InTR(k)
(* No visible manifest misses a byte. *)
I1 == \A r \in Repos : \A m \in M[r] : \A b \in Refs(m) :
         L[r][b] \in S3 /\ B[b].phys = L[r][b]
(* HEAD 200 means the bytes exist, under the key a GET redirects to. *)
I1blob == /\ \A b \in Blobs : B[b].ex => B[b].phys \in S3
          /\ \A r \in Repos, b \in Blobs : L[r][b] # None => L[r][b] = B[b].phys
Counts == \A b \in Blobs : /\ B[b].links = Cardinality({r \in Repos : L[r][b] # None})
                           /\ B[b].ex <=> B[b].links > 0
(* A key is named by at most one record. *)
One == /\ \A b \in Blobs : B[b].ex => ~InTR(B[b].phys)
       /\ \A x, y \in TR : x.k = y.k => x = y
(* An open session's keys are virgin: never in B, in TR or condemned, and an  *)
(* object once seen under one is still there.  So "listed once" and "U is NEW *)
(* now" prove the bytes.                                                      *)
Fresh == \A s \in Sess, b \in Blobs : U[s] = "new" =>
            /\ ~Named(Key(s, b)) /\ Key(s, b) \notin Dead
            /\ (Key(s, b) \in Ever => Key(s, b) \in S3)
(* A key judged dead is never named again, so the delete may come any time. *)
DeadStays == \A k \in Dead : (\A b \in Blobs : B[b].phys # k) /\ ~TrWait(k)
(* What can be undeleted has its bytes. *)
Wait == \A x \in TR : (x.st = "wait" /\ x.b # "-") => x.k \in S3
(* A claim leaves a link. *)
NotLost == ~lost
(* No untracked object.  An unnamed direct object has its event pending; or, with all events lost, *)
(* somebody looks at every key; or it is an open session's, or the sweep is told to look.         *)
I5 == \A k \in S3 : \/ Named(k)
                    \/ k[2] = "c" /\ U[k[1]] = "chunk"
                    \/ k \in Direct /\ (Events => k \in Ev)
                                  /\ (Sweep => U[k[1]] = "new" \/ k[1] \in W)
(* Unnamed objects are named or deleted, trash drains, sessions end. *)
Live == /\ \A k \in Direct : (k \in S3 /\ ~Named(k)) ~> (k \notin S3 \/ Named(k))
        /\ \A k \in Direct : InTR(k) ~> ~InTR(k)
        /\ \A s \in Sess : (U[s] = "new") ~> (U[s] # "new")
=============================================================================
