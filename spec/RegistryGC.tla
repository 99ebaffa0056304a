----------------------------- MODULE RegistryGC -----------------------------
(* Counters, tags, hints and trash: push, mount, delete and online            *)
(* collection.  DirectPut.tla has the direct PUT and its claim,               *)
(* UploadSession.tla the chunked upload; here a session is one object.        *)
(*                                                                            *)
(* Every action is ONE conditional write or transaction of the metadata store *)
(* (DynamoDB), or ONE call of the object store (S3).  No clocks: the          *)
(* collector may act at any time a hint (gcAt) is present, a session may      *)
(* expire at any time, a client may stop for ever between any two actions.    *)
(* So the results hold for every grace, lease and clock.                      *)
EXTENDS Naturals, FiniteSets
CONSTANTS Repos, Blobs, Mans, Pushers, NULL,
          PushOps,   \* pushes per pusher (bounds the model)
          AdminOps,  \* untags, deletes and undeletes in all (bounds the model)
          Bugs       \* set of mutants, {} = the design
Bug(x) == x \in Bugs
Refs == [m \in Mans |-> IF m = "m1" THEN {"b1"} ELSE Blobs]
DigestKey == [b \in Blobs |-> IF b = "b1" THEN 1 ELSE 2]     \* mutant: S3 key made from the digest
VARIABLES L,    \* link, R#<n>#B: this repository has the blob; copies the key from B
          B,    \* blob record, B#<d>: exists exactly while links > 0
          M,    \* manifest
          T,    \* the one tag of a repository
          S3,   \* keys that exist in the object store
          TR,   \* trash records, X#<d>
          U,    \* session records, R#<n>#U / <uuid>: name the key before the object exists
          pc, loc, ops, aops, nxt, gl,
          was   \* mutant StalePhys only: keys a blob record ever named
vars == <<L,B,M,T,S3,TR,U,pc,loc,ops,aops,nxt,gl,was>>
NoL == [ex |-> FALSE, phys |-> 0, refs |-> 0, hint |-> FALSE]
NoB == [ex |-> FALSE, phys |-> 0, links |-> 0]
NoM == [ex |-> FALSE, tags |-> 0, hint |-> FALSE]
NewL(k) == [ex |-> TRUE, phys |-> k, refs |-> 0, hint |-> TRUE]   \* the lease starts with the link
NewB(k) == [ex |-> TRUE, phys |-> k, links |-> 1]
Trash(k, b) == [phys |-> k, b |-> b, st |-> "wait"]               \* b = NULL: bytes of no blob
Loc0 == [r |-> NULL, m |-> NULL, todo |-> {}, b |-> NULL, phys |-> 0]
Gl0 == [st |-> "idle", r |-> NULL, b |-> NULL]
Init == /\ L = [r \in Repos |-> [b \in Blobs |-> NoL]]
        /\ B = [b \in Blobs |-> NoB]
        /\ M = [r \in Repos |-> [m \in Mans |-> NoM]]
        /\ T = [r \in Repos |-> NULL]
        /\ S3 = {} /\ TR = {} /\ U = {} /\ nxt = 1 /\ was = {}
        /\ pc = [p \in Pushers |-> "idle"] /\ loc = [p \in Pushers |-> Loc0]
        /\ ops = [p \in Pushers |-> PushOps] /\ aops = AdminOps
        /\ gl = Gl0
-----------------------------------------------------------------------------
Start(p) == /\ pc[p] = "idle" /\ ops[p] > 0
            /\ \E r \in Repos, m \in Mans :
                 loc' = [loc EXCEPT ![p] = [Loc0 EXCEPT !.r = r, !.m = m, !.todo = Refs[m]]]
            /\ pc' = [pc EXCEPT ![p] = "check"] /\ ops' = [ops EXCEPT ![p] = @ - 1]
            /\ UNCHANGED <<L,B,M,T,S3,TR,U,aops,nxt,gl,was>>
Crash(p) == /\ pc[p] # "idle"
            /\ pc' = [pc EXCEPT ![p] = "idle"] /\ loc' = [loc EXCEPT ![p] = Loc0]
            /\ UNCHANGED <<L,B,M,T,S3,TR,U,ops,aops,nxt,gl,was>>
Head(p) == /\ pc[p] = "check"                       \* HEAD blob, maybe long before the manifest
           /\ IF loc[p].todo = {} THEN pc' = [pc EXCEPT ![p] = "man"] /\ UNCHANGED loc
              ELSE \E b \in loc[p].todo :
                IF L[loc[p].r][b].ex
                THEN loc' = [loc EXCEPT ![p].todo = @ \ {b}] /\ UNCHANGED pc
                ELSE loc' = [loc EXCEPT ![p].b = b] /\ pc' = [pc EXCEPT ![p] = "alloc"]
           /\ UNCHANGED <<L,B,M,T,S3,TR,U,ops,aops,nxt,gl,was>>
(* A link copies physKey, and a blob record can die and be reborn under       *)
(* another key between the read and the transaction.  So the condition is     *)
(* physKey = :p, not just "exists": only the key that B names now passes.     *)
Phys(b, now) == {now} \cup (IF Bug("StalePhys") THEN {w[2] : w \in {w \in was : w[1] = b}} ELSE {})
Remember(b, k) == was' = IF Bug("StalePhys") THEN was \cup {<<b, k>>} ELSE was
(* Mount: Check L_src exists AND physKey = :p; Put L cond not exists; Update B links + 1 *)
Mount(p) == /\ pc[p] = "alloc"
            /\ LET b == loc[p].b r == loc[p].r IN
               /\ B[b].ex /\ ~L[r][b].ex
               /\ \E q \in Repos \ {r} : /\ L[q][b].ex
                                         /\ \E k \in Phys(b, L[q][b].phys) : L' = [L EXCEPT ![r][b] = NewL(k)]
               /\ B' = IF Bug("UncountedMount") THEN B ELSE [B EXCEPT ![b].links = @ + 1]
               /\ loc' = [loc EXCEPT ![p].todo = @ \ {b}, ![p].b = NULL]
            /\ pc' = [pc EXCEPT ![p] = "check"]
            /\ UNCHANGED <<M,T,S3,TR,U,ops,aops,nxt,gl,was>>
Alloc(p) == /\ pc[p] = "alloc"                      \* the session names the key BEFORE S3 is touched
            /\ LET k == IF Bug("ReuseKey") THEN DigestKey[loc[p].b] ELSE nxt IN
               /\ U' = U \cup {[p |-> p, r |-> loc[p].r, phys |-> k]} /\ loc' = [loc EXCEPT ![p].phys = k]
            /\ nxt' = nxt + 1 /\ pc' = [pc EXCEPT ![p] = "put"]
            /\ UNCHANGED <<L,B,M,T,S3,TR,ops,aops,gl,was>>
S3Put(p) == /\ pc[p] = "put" /\ S3' = S3 \cup {loc[p].phys} \* may run after its session has expired
            /\ pc' = [pc EXCEPT ![p] = "commit"]
            /\ UNCHANGED <<L,B,M,T,TR,U,loc,ops,aops,nxt,gl,was>>
(* Commit: Delete U cond exists, and one of the three forms of DirectPut.tla. *)
(* Which form is a guess from earlier reads; its conditions decide.           *)
Commit(p) ==
   /\ pc[p] = "commit"
   /\ LET b == loc[p].b  r == loc[p].r  k == loc[p].phys  s == [p |-> p, r |-> r, phys |-> k]
          Loser == TR' = IF Bug("ReuseKey") THEN TR ELSE TR \cup {Trash(k, b)} IN
      IF s \notin U                                          \* fenced: the session has expired
      THEN loc' = [loc EXCEPT ![p] = Loc0] /\ pc' = [pc EXCEPT ![p] = "idle"] /\ UNCHANGED <<L,B,TR,U,was>>
      ELSE /\ U' = U \ {s}
           /\ \/ /\ ~L[r][b].ex /\ ~B[b].ex                  \* a) Put L, Put B, cond not exists
                 /\ L' = [L EXCEPT ![r][b] = NewL(k)] /\ B' = [B EXCEPT ![b] = NewB(k)]
                 /\ Remember(b, k) /\ UNCHANGED TR
              \/ /\ ~L[r][b].ex /\ B[b].ex                   \* b) Put L, Update B links + 1 cond physKey = :p
                 /\ \E q \in Phys(b, B[b].phys) : L' = [L EXCEPT ![r][b] = NewL(q)]
                 /\ B' = [B EXCEPT ![b].links = @ + 1] /\ Loser /\ UNCHANGED was
              \/ /\ L[r][b].ex                               \* c) touch L's lease, cond exists
                 /\ Loser /\ UNCHANGED <<L,B,was>>
           /\ loc' = [loc EXCEPT ![p].todo = @ \ {b}, ![p].b = NULL, ![p].phys = 0]
           /\ pc' = [pc EXCEPT ![p] = "check"]
   /\ UNCHANGED <<M,T,S3,ops,aops,nxt,gl>>
(* PUT manifest and tag: one transaction *)
Retag(MM, r, m) == LET o == T[r] IN
   IF o = m THEN MM
   ELSE LET M1 == IF o = NULL THEN MM
                  ELSE [MM EXCEPT ![r][o].tags = @ - 1, ![r][o].hint = TRUE]
        IN [M1 EXCEPT ![r][m].tags = @ + 1, ![r][m].hint = FALSE]
PutMan(p) ==
   /\ pc[p] = "man"
   /\ LET r == loc[p].r  m == loc[p].m IN
      IF M[r][m].ex
      THEN M' = Retag(M, r, m) /\ T' = [T EXCEPT ![r] = m] /\ UNCHANGED L
      ELSE IF Bug("NoLinkCheck") \/ \A b \in Refs[m] : L[r][b].ex
      THEN /\ L' = [L EXCEPT ![r] = [b \in Blobs |-> IF b \in Refs[m]
                      THEN [@[b] EXCEPT !.refs = @ + 1, !.hint = FALSE] ELSE @[b]]]
           /\ M' = Retag([M EXCEPT ![r][m] = [NoM EXCEPT !.ex = TRUE]], r, m)
           /\ T' = [T EXCEPT ![r] = m]
      ELSE UNCHANGED <<L,M,T>>                       \* MANIFEST_BLOB_UNKNOWN, nothing written
   /\ pc' = [pc EXCEPT ![p] = "idle"] /\ loc' = [loc EXCEPT ![p] = Loc0]
   /\ UNCHANGED <<B,S3,TR,U,ops,aops,nxt,gl,was>>
-----------------------------------------------------------------------------
(* A decrease only sets a hint; the collector decides. *)
DropRefs(r, m) == L' = [L EXCEPT ![r] = [b \in Blobs |-> IF b \in Refs[m]
                         THEN [@[b] EXCEPT !.refs = @ - 1, !.hint = ~Bug("NoHint")] ELSE @[b]]]
DropLink(r, b) ==                                    \* the last link takes the blob record along
   /\ L' = [L EXCEPT ![r][b] = NoL]
   /\ IF B[b].links > 1 THEN B' = [B EXCEPT ![b].links = @ - 1] /\ UNCHANGED TR
      ELSE B' = [B EXCEPT ![b] = NoB] /\ TR' = TR \cup {Trash(B[b].phys, b)}
Untag(r) == /\ aops > 0 /\ T[r] # NULL /\ aops' = aops - 1
            /\ M' = [M EXCEPT ![r][T[r]].tags = @ - 1, ![r][T[r]].hint = TRUE]
            /\ T' = [T EXCEPT ![r] = NULL]
            /\ UNCHANGED <<L,B,S3,TR,U,pc,loc,ops,nxt,gl,was>>
DelMan(r, m) ==                                      \* DELETE by digest takes its tags along
   /\ aops > 0 /\ M[r][m].ex /\ aops' = aops - 1
   /\ M' = [M EXCEPT ![r][m] = NoM]
   /\ T' = IF T[r] = m /\ ~Bug("KeepTag") THEN [T EXCEPT ![r] = NULL] ELSE T
   /\ DropRefs(r, m)
   /\ UNCHANGED <<B,S3,TR,U,pc,loc,ops,nxt,gl,was>>
DelBlob(r, b) ==                                     \* of a blob in use: 405, nothing written
   /\ L[r][b].ex /\ (L[r][b].refs = 0 \/ Bug("DeleteInUse"))
   /\ DropLink(r, b)
   /\ UNCHANGED <<M,T,S3,U,pc,loc,ops,aops,nxt,gl,was>>
Undelete(r, b) ==                                    \* only while the trash record waits
   /\ aops > 0 /\ ~B[b].ex /\ aops' = aops - 1
   /\ \E x \in TR : /\ x.b = b /\ x.phys \in S3 /\ (x.st = "wait" \/ Bug("UndeletePurged"))
                    \* Whoever has begun to purge goes on, whatever becomes of the record.
                    /\ TR' = IF x.st = "wait" THEN TR \ {x} ELSE TR
                    /\ B' = [B EXCEPT ![b] = NewB(x.phys)] /\ L' = [L EXCEPT ![r][b] = NewL(x.phys)]
                    /\ Remember(b, x.phys)
   /\ UNCHANGED <<M,T,S3,U,pc,loc,ops,nxt,gl>>
-----------------------------------------------------------------------------
GcMan(r, m) ==
   /\ M[r][m].ex /\ M[r][m].hint          \* condition re-evaluated inside the transaction
   /\ IF M[r][m].tags > 0 THEN M' = [M EXCEPT ![r][m].hint = FALSE] /\ UNCHANGED L
      ELSE M' = [M EXCEPT ![r][m] = NoM] /\ DropRefs(r, m)
   /\ UNCHANGED <<B,T,S3,TR,U,pc,loc,ops,aops,nxt,gl,was>>
GcLinkRead(r, b) ==
   /\ gl.st = "idle" /\ L[r][b].ex /\ L[r][b].hint
   /\ gl' = [st |-> IF L[r][b].refs = 0 THEN "del" ELSE "unhint", r |-> r, b |-> b]
   /\ UNCHANGED <<L,B,M,T,S3,TR,U,pc,loc,ops,aops,nxt,was>>
GcLinkAct ==                              \* maybe long after its read
   /\ gl.st # "idle"
   /\ LET r == gl.r  b == gl.b  l == L[gl.r][gl.b] IN
      IF gl.st = "unhint"
      THEN /\ L' = IF l.ex /\ l.refs > 0 THEN [L EXCEPT ![r][b].hint = FALSE] ELSE L
           /\ UNCHANGED <<B,TR>>
      ELSE IF l.ex /\ (l.refs = 0 \/ Bug("StaleGc")) THEN DropLink(r, b) ELSE UNCHANGED <<L,B,TR>>
   /\ gl' = Gl0
   /\ UNCHANGED <<M,T,S3,U,pc,loc,ops,aops,nxt,was>>
GcSession(s) ==                           \* expiry and cancel: one transaction
   /\ s \in U /\ U' = U \ {s} /\ TR' = TR \cup {Trash(s.phys, NULL)}
   /\ UNCHANGED <<L,B,M,T,S3,pc,loc,ops,aops,nxt,gl,was>>
NoWriter(k) == Bug("Zombie") \/ ~(\E p \in Pushers : pc[p] = "put" /\ loc[p].phys = k)
PurgeMark(x) ==
   /\ x \in TR /\ x.st = "wait"
   /\ TR' = (TR \ {x}) \cup {[x EXCEPT !.st = "purge"]}
   /\ UNCHANGED <<L,B,M,T,S3,U,pc,loc,ops,aops,nxt,gl,was>>
PurgeS3(x) ==
   /\ x \in TR /\ x.st = "purge" /\ x.phys \in S3
   /\ NoWriter(x.phys)
   /\ S3' = S3 \ {x.phys}
   /\ UNCHANGED <<L,B,M,T,TR,U,pc,loc,ops,aops,nxt,gl,was>>
PurgeEnd(x) ==
   /\ x \in TR /\ x.st = "purge" /\ x.phys \notin S3 /\ NoWriter(x.phys) /\ TR' = TR \ {x}
   /\ UNCHANGED <<L,B,M,T,S3,U,pc,loc,ops,aops,nxt,gl,was>>
-----------------------------------------------------------------------------
PushStep(p) == Head(p) \/ Alloc(p) \/ S3Put(p) \/ Commit(p) \/ PutMan(p)
GcStep == \/ \E r \in Repos, m \in Mans : GcMan(r, m)
          \/ \E r \in Repos, b \in Blobs : GcLinkRead(r, b)
          \/ GcLinkAct
          \/ \E s \in U : GcSession(s)
          \/ \E x \in TR : PurgeMark(x)
          \/ \E x \in TR : PurgeS3(x)
          \/ \E x \in TR : PurgeEnd(x)
Next == \/ \E p \in Pushers : Start(p) \/ Crash(p) \/ Mount(p) \/ PushStep(p)
        \/ \E r \in Repos : \/ Untag(r) \/ \E m \in Mans : DelMan(r, m)
                            \/ \E b \in Blobs : DelBlob(r, b) \/ Undelete(r, b)
        \/ GcStep
Spec == Init /\ [][Next]_vars
FairSpec == Spec /\ (\A p \in Pushers : WF_vars(PushStep(p))) /\ WF_vars(GcLinkAct)
   /\ (\A r \in Repos : (\A m \in Mans : WF_vars(GcMan(r, m))) /\ (\A b \in Blobs : SF_vars(GcLinkRead(r, b))))
   /\ WF_vars(\E s \in U : GcSession(s))
   /\ WF_vars(\E x \in TR : PurgeMark(x) \/ PurgeS3(x) \/ PurgeEnd(x))
-----------------------------------------------------------------------------
(* No visible manifest misses a byte. *)
I1 == \A r \in Repos, m \in Mans : M[r][m].ex => \A b \in Refs[m] :
         L[r][b].ex /\ B[b].ex /\ L[r][b].phys \in S3
(* A tag names a manifest that is there. *)
I1tag == \A r \in Repos : T[r] # NULL => M[r][T[r]].ex
(* HEAD 200 means the bytes exist, under the key a GET redirects to. *)
I1blob == /\ \A b \in Blobs : B[b].ex => B[b].phys \in S3
          /\ \A r \in Repos, b \in Blobs : L[r][b].ex => L[r][b].phys = B[b].phys
(* Counters are exact. *)
Counts == /\ \A r \in Repos, b \in Blobs : L[r][b].ex =>
               L[r][b].refs = Cardinality({m \in Mans : M[r][m].ex /\ b \in Refs[m]})
          /\ \A b \in Blobs : B[b].links = Cardinality({r \in Repos : L[r][b].ex})
          /\ \A b \in Blobs : B[b].ex <=> B[b].links > 0
          /\ \A r \in Repos, m \in Mans : M[r][m].tags = Cardinality({q \in {r} : T[q] = m})
(* No untracked object: a session, a blob record or a trash record names it. *)
I5 == \A k \in S3 : \/ (\E s \in U : s.phys = k)
                    \/ (\E b \in Blobs : B[b].ex /\ B[b].phys = k)
                    \/ (\E x \in TR : x.phys = k)
(* No candidate is lost: what may be garbage carries a hint. *)
I6 == /\ \A r \in Repos, b \in Blobs : (L[r][b].ex /\ L[r][b].refs = 0) => L[r][b].hint
      /\ \A r \in Repos, m \in Mans : (M[r][m].ex /\ M[r][m].tags = 0) => M[r][m].hint
(* Garbage dies: when pushes end, only what a manifest names is left. *)
Clean == /\ \A k \in S3 : \E b \in Blobs : B[b].ex /\ B[b].phys = k /\ \E r \in Repos : L[r][b].refs > 0
         /\ TR = {} /\ U = {}
I2 == <>[]Clean
=============================================================================
