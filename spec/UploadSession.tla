---------------------------- MODULE UploadSession ----------------------------
(* One chunked upload session: reserve, store, record; finish; cancel.        *)
(*                                                                            *)
(* The record U names everything the session ever writes: the key <physKey>   *)
(* (0 in the model), the keys <physKey>/t<seq> of its attempts (seq), and one *)
(* multipart upload.  Every action is ONE conditional write or transaction of *)
(* the metadata store (DynamoDB), or ONE call of the object store (S3), but   *)
(* where a comment says why more calls are as good as one.  Attempts are      *)
(* independent actors: two clients on one session, a client that repeats a    *)
(* request whose answer was lost, a relay and a function are all just further *)
(* attempts.  Whoever once read U may act on it at any later moment, every    *)
(* actor may stop for ever after any action, the session may be cancelled at  *)
(* any moment; only conditions protect, no clock does.  The one timed         *)
(* assumption is NoWriter: a purge waits for the last possible writer, and    *)
(* breaking it leaks bytes, never loses them.                                 *)
(*                                                                            *)
(* What checking taught.  Append, finish and cancel with the condition        *)
(* ver = :seen, and one trash record for physKey and t1..t<nextSeq-1>, is not *)
(* enough.  Each of these is a mutant (its name first):                       *)
(* 1. NoNextCond  A reservation does not raise ver.  A close that read U just *)
(*    before a reservation writes a trash record without that attempt's key   *)
(*    (or none, having seen NEW or nextSeq = 2): a leak for ever.  So what    *)
(*    deletes an OPEN U has the condition ver = :seen AND nextSeq = :seen.    *)
(*    COMMITTING refuses reservations: there nextSeq is frozen.               *)
(* 2. MpuKeepsVer  The same for the id of the multipart upload: the write     *)
(*    that puts it into U raises ver.                                         *)
(* 3. TrashKept  The trash record of a commit excepts the key that B now      *)
(*    names, a piece's own or physKey, else the purge deletes a live blob.    *)
(* 4. SharedTrashId  That record does not have the primary key which the      *)
(*    collector uses later for physKey: the second Put would replace the      *)
(*    first and the leftovers would be named by nobody.  Nor may undelete     *)
(*    find it: it holds no whole blob.  Hence a primary key of its own, made  *)
(*    from the session.                                                       *)
(* 5. NoTrashAtCommit  A commit by multipart leaves tail objects and lost     *)
(*    attempts behind too: it puts the trash record as cancel does.           *)
(* 6. LastWhileOpen  A last part may be shorter than the object store takes   *)
(*    in the middle.  Recorded while U stays OPEN, a crash and one more       *)
(*    append make Complete impossible.  So the write that records a short     *)
(*    part is the write that moves U to COMMITTING.                           *)
(* 7. DeleteFirst  A purge aborts the multipart upload before it deletes the  *)
(*    keys: the other way round, a late Complete puts physKey back.           *)
EXTENDS Naturals, Sequences, FiniteSets, TLC
CONSTANTS MaxSeq,  \* attempts in all (bounds the model; the code has a named limit too)
          Parts,   \* TRUE: pieces may be parts of a multipart upload
          Rule,    \* TRUE: the bucket's rule may abort an old multipart upload at any time
          Stale,   \* TRUE: closers act on any record they ever read; FALSE: on U as it is
          Bugs     \* set of mutants, {} = the design
Bug(x) == x \in Bugs
VARIABLES U,       \* the session record
          at,      \* attempts, by the number they reserved
          S3,      \* object store: key -> bytes
          mp,      \* multipart uploads: id -> status and parts
          plans,   \* what a finisher knows who may call Complete, now or years later
          B,       \* the blob record, if it names a key of this session
          TR,      \* trash records: primary key -> keys covered
          Dead,    \* keys somebody is entitled to delete, now or years later
          acc,     \* ghost: the bytes clients were told are accepted, in order
          commits, \* ghost: how often the session made a blob visible
          was      \* ghost: every value U ever had
vars == <<U,at,S3,mp,plans,B,TR,Dead,acc,commits,was>>
-----------------------------------------------------------------------------
(* Bytes are sequences of <<attempt, offset the client meant>>: any gap,      *)
(* overlap or mixture shows.                                                  *)
Seqs == 1..MaxSeq
SessionTrash == MaxSeq + 1    \* primary key of the session's own trash record, no object key
Gone == [ex |-> FALSE, mode |-> "-", st |-> "-", ver |-> 0, next |-> 0, mpu |-> 0,
         off |-> 0, hash |-> <<>>, pieces |-> <<>>]
NewU == [Gone EXCEPT !.ex = TRUE, !.mode = "new", !.st = "open", !.next = 1]
Idle(pc) == [pc |-> pc, kind |-> "-", ver |-> 0, o |-> 0, n |-> 0, mpu |-> 0, base |-> <<>>, hash |-> <<>>]
NoB == [ex |-> FALSE, key |-> 0, want |-> <<>>]
Init == /\ U = NewU /\ at = [s \in Seqs |-> Idle("none")]
        /\ S3 = << >> /\ mp = << >> /\ plans = {} /\ B = NoB /\ TR = << >> /\ Dead = {}
        /\ acc = <<>> /\ commits = 0 /\ was = {}
Seen == IF Stale THEN was \cup {U} ELSE {U}
Remember == was' = IF Stale THEN was \cup {U} ELSE was
Drop(f, keys) == [k \in (DOMAIN f) \ keys |-> f[k]]
Cat(f, ks) == LET RECURSIVE C(_)                       \* bytes of the keys ks, one after the other
                  C(i) == IF i > Len(ks) THEN <<>> ELSE f[ks[i]] \o C(i + 1)
              IN C(1)
(* A piece is <<kind, number>>.  tail: a small object.  fold: one object that *)
(* holds the tail and the new bytes.  part: the same as a part of full size.  *)
(* last: a part that may be short.                                            *)
IsPart(p) == p[1] \in {"part", "last"}
Nums(ps) == [i \in 1..Len(ps) |-> ps[i][2]]
Tails(ps) == SelectSeq(ps, LAMBDA p : ~IsPart(p))
PartsOf(ps) == SelectSeq(ps, IsPart)
OneObject(ps) == Len(ps) = 1 /\ ~IsPart(ps[1])
AllParts(ps) == ps # <<>> /\ Tails(ps) = <<>>
New(s) == IF at[s].n = 1 THEN << <<s, at[s].o>> >> ELSE <<>>
Num(s) == IF Bug("ReuseSeq") THEN at[s].ver + 1 ELSE s
-----------------------------------------------------------------------------
(* (1) reserve: Update U ADD nextSeq 1 cond OPEN; the first one sets CHUNKED  *)
(* and physKey.  It returns the whole record.  An offset that is not U's is   *)
(* refused: in the model that is an attempt which stops here.                 *)
Reserve(kind, n) ==
   /\ U.ex /\ U.st = "open" /\ U.next <= MaxSeq
   /\ kind \in {"part", "last"} => Parts
   /\ n = 0 => kind \in {"fold", "last"} /\ Tails(U.pieces) # <<>>     \* a finish without a body
   /\ kind = "fold" => Tails(U.pieces) # <<>>
   /\ U' = [U EXCEPT !.next = @ + 1, !.mode = IF Bug("StaysNew") THEN @ ELSE "chunked"]
   /\ \E o \in (IF Bug("AnyOffset") THEN 0..MaxSeq ELSE {U.off}) :
        at' = [at EXCEPT ![U.next] = [pc |-> "reserved", kind |-> kind, ver |-> U.ver, o |-> o, n |-> n,
                                      mpu |-> U.mpu, base |-> U.pieces, hash |-> U.hash]]
   /\ Remember /\ UNCHANGED <<S3,mp,plans,B,TR,Dead,acc,commits>>
(* The first part: CreateMultipartUpload, then Update U SET mpuId, ver + 1    *)
(* cond ver = :seen AND OPEN.  Nobody knows the id before that write: a crash *)
(* between the two leaves an empty upload for the bucket's rule.              *)
SetMpu(s) ==
   /\ at[s].pc = "reserved" /\ at[s].kind \in {"part", "last"} /\ at[s].mpu = 0
   /\ U.ex /\ U.st = "open" /\ U.ver = at[s].ver /\ U.mpu = 0
   /\ LET v == IF Bug("MpuKeepsVer") THEN U.ver ELSE U.ver + 1 IN
      /\ U' = [U EXCEPT !.mpu = s, !.ver = v]
      /\ at' = [at EXCEPT ![s].mpu = s, ![s].ver = v]
   /\ mp' = (s :> [st |-> "open", parts |-> << >>]) @@ mp
   /\ Remember /\ UNCHANGED <<S3,plans,B,TR,Dead,acc,commits>>
(* (2) store, under a name no other attempt has.  Folding reads tail objects  *)
(* first; they never change, so the moment of the read does not matter.       *)
Store(s) ==
   /\ at[s].pc = "reserved"
   /\ LET a == at[s]  t == IF a.kind = "tail" THEN <<>> ELSE Nums(Tails(a.base)) IN
      /\ \A i \in 1..Len(t) : t[i] \in DOMAIN S3
      /\ LET bytes == Cat(S3, t) \o New(s) IN
         IF a.kind \in {"tail", "fold"}
         THEN S3' = (Num(s) :> bytes) @@ S3 /\ UNCHANGED mp
         ELSE /\ a.mpu # 0 /\ mp[a.mpu].st = "open"
              /\ mp' = [mp EXCEPT ![a.mpu].parts = (Num(s) :> bytes) @@ @] /\ UNCHANGED S3
   /\ at' = [at EXCEPT ![s].pc = "stored"]
   /\ UNCHANGED <<U,plans,B,TR,Dead,acc,commits,was>>
(* (3) record: cond ver = :seen AND OPEN.  A fold takes the tail's place.  If *)
(* the condition fails, the attempt looks for its number among U's pieces:    *)
(* there, it was accepted and only the answer was lost; else 416.             *)
MayRecord(s) == /\ at[s].pc = "stored" /\ U.ex
                /\ U.st = "open" \/ Bug("NoOpenCond")
                /\ U.ver = at[s].ver \/ Bug("NoVerCond")
Image(s) == [U EXCEPT !.ver = @ + 1, !.off = @ + at[s].n, !.hash = at[s].hash \o New(s),
                !.pieces = (IF at[s].kind = "tail" THEN @ ELSE PartsOf(@)) \o << <<at[s].kind, Num(s)>> >>]
Recorded(s) == acc' = acc \o New(s) /\ at' = [at EXCEPT ![s] = Idle("end")]
Record(s) ==
   /\ MayRecord(s) /\ (at[s].kind # "last" \/ Bug("LastWhileOpen"))
   /\ U' = Image(s) /\ Recorded(s)
   /\ Remember /\ UNCHANGED <<S3,mp,plans,B,TR,Dead,commits>>
(* An attempt stops: crash, refused offset, lost race, session gone. *)
Stop(s) == /\ at[s].pc \in {"reserved", "stored"} /\ at' = [at EXCEPT ![s] = Idle("end")]
           /\ UNCHANGED <<U,S3,mp,plans,B,TR,Dead,acc,commits,was>>
-----------------------------------------------------------------------------
(* Put TR for everything record r names but the keys kept. *)
Trash(r, kept) ==
   LET id == IF Bug("SharedTrashId") THEN 0 ELSE SessionTrash
       keep == IF Bug("TrashKept") THEN {} ELSE kept
   IN TR' = (id :> [keys |-> (0..(r.next - 1)) \ keep, mpu |-> r.mpu, st |-> "wait"]) @@ TR
(* The commit transaction.  Its forms and their conditions on L and B are     *)
(* DirectPut.tla's; here either B names our key (form a) or our key lost (b,  *)
(* c) and is trash like the rest.  If U is gone, the finisher looks at L:     *)
(* there, the answer is 201; else 404, upload unknown.                        *)
CommitAs(r, key, leftovers) ==
   /\ U' = (IF Bug("KeepU") THEN U ELSE Gone) /\ commits' = commits + 1
   /\ \/ /\ B' = [ex |-> TRUE, key |-> key, want |-> r.hash]
         /\ IF leftovers THEN Trash(r, {key}) ELSE UNCHANGED TR
      \/ /\ Trash(r, {}) /\ UNCHANGED B
(* What a closer read is still true: ver for the bytes, nextSeq for the keys. *)
Same(w) == /\ U.ex /\ w.ex /\ U.ver = w.ver
           /\ U.next = w.next \/ Bug("NoNextCond")
(* Finish (a), the session is one object: one transaction, no copy. *)
FinishObject ==
   /\ \E w \in Seen : /\ Same(w) /\ U.st = "open" /\ OneObject(w.pieces)
                      /\ CommitAs(w, w.pieces[1][2], w.next > 2)
   /\ Remember /\ UNCHANGED <<at,S3,mp,plans,Dead,acc>>
(* The same with the last bytes in the closing request: record and commit are *)
(* one transaction, so a repeat finds either nothing recorded or no session.  *)
(* (w.next > s: the oldest U it can know is what its own Reserve returned.)   *)
FinishObjectWith(s) ==
   /\ MayRecord(s) /\ ~IsPart(<<at[s].kind>>) /\ OneObject(Image(s).pieces)
   /\ \E w \in Seen : Same(w) /\ w.next > s /\ CommitAs([Image(s) EXCEPT !.next = w.next], Num(s), w.next > 2)
   /\ Recorded(s)
   /\ Remember /\ UNCHANGED <<S3,mp,plans,Dead>>
(* Finish (b), parts: Update U COMMITTING(digest) cond ver = :seen AND OPEN,  *)
(* alone or in the write that records the last part.  The digest was compared *)
(* with the hash state before; from here on nothing may be appended.  It does *)
(* not raise ver, so a record needs its condition OPEN.                       *)
Committing(r) == U' = [r EXCEPT !.st = "committing"] /\ plans' = plans \cup {[r EXCEPT !.st = "committing"]}
Close == /\ U.ex /\ U.st = "open" /\ AllParts(U.pieces)
         /\ IF Bug("NoCommitting") THEN U' = U /\ plans' = plans \cup {U} ELSE Committing(U)
         /\ Remember /\ UNCHANGED <<at,S3,mp,B,TR,Dead,acc,commits>>
CloseWith(s) ==
   /\ MayRecord(s) /\ AllParts(Image(s).pieces) /\ ~Bug("NoCommitting")
   /\ Committing(Image(s)) /\ Recorded(s)
   /\ Remember /\ UNCHANGED <<S3,mp,B,TR,Dead,commits>>
(* Complete, by anyone who ever saw COMMITTING; a repeat finds no such upload *)
(* and changes nothing.                                                       *)
Complete(w) ==
   /\ w \in plans /\ w.mpu # 0 /\ mp[w.mpu].st = "open"
   /\ \A i \in 1..Len(w.pieces) : w.pieces[i][2] \in DOMAIN mp[w.mpu].parts
   /\ S3' = (0 :> Cat(mp[w.mpu].parts, Nums(w.pieces))) @@ S3
   /\ mp' = [mp EXCEPT ![w.mpu] = [st |-> "done", parts |-> << >>]]
   /\ UNCHANGED <<U,at,plans,B,TR,Dead,acc,commits,was>>
(* After "completed", or "no such upload" and a HEAD that shows the size: the *)
(* transaction, cond COMMITTING.  The HEAD may be old: while U is there       *)
(* nobody deletes physKey.                                                    *)
FinishParts(w) ==
   /\ w \in plans /\ w.mpu # 0 /\ mp[w.mpu].st # "open"
   /\ Bug("NoHead") \/ (0 \in DOMAIN S3 /\ Len(S3[0]) = w.off)
   /\ U.ex /\ (U.st = "committing" \/ (Bug("NoCommitting") /\ U.ver = w.ver /\ U.next = w.next))
   /\ CommitAs([w EXCEPT !.next = U.next], 0, U.next - 1 > Len(w.pieces) /\ ~Bug("NoTrashAtCommit"))
   /\ Remember /\ UNCHANGED <<at,S3,mp,plans,Dead,acc>>
(* Cancel, expiry, wrong digest, parts lost to the bucket's rule: one         *)
(* transaction {Delete U, Put TR}.  A session still NEW has no key of its own.*)
Cancel ==
   /\ ~(Bug("CancelOpenOnly") /\ U.st # "open")
   /\ \E w \in Seen : /\ Same(w) /\ U' = Gone
                      /\ IF w.mode = "chunked" /\ ~Bug("NoTrashAtCancel") THEN Trash(w, {}) ELSE UNCHANGED TR
   /\ Remember /\ UNCHANGED <<at,S3,mp,plans,B,Dead,acc,commits>>
(* The claim of a direct PUT takes a session that is NEW (DirectPut.tla). *)
Claim == /\ U.ex /\ U.mode = "new" /\ U' = Gone /\ commits' = commits + 1
         /\ Remember /\ UNCHANGED <<at,S3,mp,plans,B,TR,Dead,acc>>
-----------------------------------------------------------------------------
(* The collector drops the blob (RegistryGC.tla): its key becomes trash. *)
Collect == /\ B.ex /\ B' = NoB
           /\ TR' = (B.key :> [keys |-> {B.key}, mpu |-> 0, st |-> "wait"]) @@ TR
           /\ UNCHANGED <<U,at,S3,mp,plans,Dead,acc,commits,was>>
NoWriter(x) == Bug("Zombie") \/
   ~\E s \in Seqs : at[s].pc = "reserved" /\ at[s].kind \in {"tail", "fold"} /\ Num(s) \in TR[x].keys
Abort(x) == IF TR[x].mpu # 0 /\ mp[TR[x].mpu].st = "open"
            THEN mp' = [mp EXCEPT ![TR[x].mpu] = [st |-> "aborted", parts |-> << >>]] ELSE UNCHANGED mp
PurgeMark(x) ==
   /\ TR[x].st = "wait" /\ Dead' = Dead \cup TR[x].keys
   /\ TR' = [TR EXCEPT ![x].st = IF TR[x].mpu = 0 THEN "aborted" ELSE "purge"]
   /\ UNCHANGED <<U,at,S3,mp,plans,B,acc,commits,was>>
PurgeAbort(x) ==
   /\ TR[x].st = "purge" /\ TR' = [TR EXCEPT ![x].st = "aborted"]
   /\ IF Bug("DeleteFirst") THEN UNCHANGED mp ELSE Abort(x)
   /\ UNCHANGED <<U,at,S3,plans,B,Dead,acc,commits,was>>
PurgeKeys(x) ==                                 \* DeleteObject each; LateDelete has the steps between
   /\ TR[x].st = "aborted" /\ NoWriter(x) /\ TR' = [TR EXCEPT ![x].st = "empty"]
   /\ S3' = Drop(S3, TR[x].keys)
   /\ UNCHANGED <<U,at,mp,plans,B,Dead,acc,commits,was>>
PurgeEnd(x) ==
   /\ TR[x].st = "empty" /\ TR' = Drop(TR, {x})
   /\ IF Bug("DeleteFirst") THEN Abort(x) ELSE UNCHANGED mp
   /\ UNCHANGED <<U,at,S3,plans,B,Dead,acc,commits,was>>
LateDelete(k) == /\ k \in Dead /\ k \in DOMAIN S3 /\ S3' = Drop(S3, {k})
                 /\ UNCHANGED <<U,at,mp,plans,B,TR,Dead,acc,commits,was>>
RuleAbort(i) == /\ Rule /\ mp[i].st = "open" /\ mp' = [mp EXCEPT ![i] = [st |-> "aborted", parts |-> << >>]]
                /\ UNCHANGED <<U,at,S3,plans,B,TR,Dead,acc,commits,was>>
-----------------------------------------------------------------------------
Next == \/ \E kind \in {"tail", "fold", "part", "last"}, n \in {0, 1} : Reserve(kind, n)
        \/ \E s \in Seqs : SetMpu(s) \/ Store(s) \/ Record(s) \/ Stop(s) \/ FinishObjectWith(s) \/ CloseWith(s)
        \/ FinishObject \/ Close \/ Cancel \/ Claim \/ Collect
        \/ \E w \in plans : Complete(w)
        \/ \E w \in plans : FinishParts(w)
        \/ \E x \in DOMAIN TR : PurgeMark(x)
        \/ \E x \in DOMAIN TR : PurgeAbort(x)
        \/ \E x \in DOMAIN TR : PurgeKeys(x)
        \/ \E x \in DOMAIN TR : PurgeEnd(x)
        \/ \E k \in Dead : LateDelete(k)
        \/ \E i \in DOMAIN mp : RuleAbort(i)
Spec == Init /\ [][Next]_vars
FairSpec == /\ Spec /\ WF_vars(Cancel) /\ WF_vars(Collect)
            /\ \A s \in Seqs : WF_vars(Stop(s))
            /\ \A x \in 0..SessionTrash :
                 WF_vars(x \in DOMAIN TR /\ (PurgeMark(x) \/ PurgeAbort(x) \/ PurgeKeys(x) \/ PurgeEnd(x)))
-----------------------------------------------------------------------------
(* A visible blob's bytes are there, and are what was accepted: every piece   *)
(* once, in order, each where its client meant it to be.                      *)
Bytes == /\ B.ex => B.key \in DOMAIN S3 /\ S3[B.key] = B.want /\ B.want = acc
         /\ \A i \in 1..Len(acc) : acc[i][2] = i - 1
(* A living session still holds every byte it accepted, unless the bucket's rule struck. *)
There(p) == IF IsPart(p) THEN U.mpu # 0 /\ p[2] \in DOMAIN mp[U.mpu].parts ELSE p[2] \in DOMAIN S3
Piece(p) == IF IsPart(p) THEN mp[U.mpu].parts[p[2]] ELSE S3[p[2]]
Held == U.ex =>
   /\ U.hash = acc /\ U.off = Len(acc)
   /\ \/ U.mpu # 0 /\ mp[U.mpu].st = "aborted" /\ Rule
      \/ U.st = "committing" /\ mp[U.mpu].st = "done" /\ 0 \in DOMAIN S3 /\ S3[0] = acc
      \/ LET n == 1..Len(U.pieces) IN
         (\A i \in n : There(U.pieces[i])) /\ Cat([i \in n |-> Piece(U.pieces[i])], [i \in n |-> i]) = acc
(* A session makes a blob visible at most once. *)
Once == commits <= 1
(* Accepted numbers rise with the offset: part numbers are in order. *)
Order == \A i, j \in 1..Len(U.pieces) : i < j => U.pieces[i][2] < U.pieces[j][2]
(* Only the last part may be short, and nothing follows it. *)
Full == \A i \in 1..Len(U.pieces) : U.pieces[i][1] = "last" => i = Len(U.pieces) /\ U.st = "committing"
(* No untracked object, no untracked multipart upload. *)
I5 == /\ \A k \in DOMAIN S3 : \/ U.ex /\ k < U.next
                              \/ B.ex /\ B.key = k
                              \/ \E x \in DOMAIN TR : k \in TR[x].keys
      /\ \A i \in DOMAIN mp : mp[i].st = "open" => (U.ex /\ U.mpu = i) \/ \E x \in DOMAIN TR : TR[x].mpu = i
(* What a blob record names nobody is entitled to delete. *)
Spared == B.ex => B.key \notin Dead /\ \A x \in DOMAIN TR : B.key \notin TR[x].keys
(* Sessions end; what they leave behind goes. *)
Ends == U.ex ~> ~U.ex
Drains == \A k \in 0..MaxSeq : (k \in DOMAIN S3) ~> (k \notin DOMAIN S3)
=============================================================================
